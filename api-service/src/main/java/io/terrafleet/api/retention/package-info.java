/** How long old states are kept. */
@NullMarked
package io.terrafleet.api.retention;

import org.jspecify.annotations.NullMarked;
