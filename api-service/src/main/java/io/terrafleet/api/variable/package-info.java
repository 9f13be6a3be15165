/** tmp */
@NullMarked
package io.terrafleet.api.variable;

import org.jspecify.annotations.NullMarked;
