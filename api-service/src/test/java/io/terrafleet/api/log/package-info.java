@NullMarked
package io.terrafleet.api.log;

import org.jspecify.annotations.NullMarked;
