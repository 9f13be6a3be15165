@NullMarked
package io.terrafleet.api.month;

import org.jspecify.annotations.NullMarked;
