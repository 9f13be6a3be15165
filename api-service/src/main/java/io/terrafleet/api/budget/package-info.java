/** tmp */
@NullMarked
package io.terrafleet.api.budget;

import org.jspecify.annotations.NullMarked;
