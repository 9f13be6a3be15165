/** The runner against a small platform of its own and real terraform. */
@NullMarked
package io.terrafleet.runner;

import org.jspecify.annotations.NullMarked;
