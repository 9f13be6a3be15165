/** The built-in functions: pure, bounded, one class for each family. */
@NullMarked
package io.terrafleet.rego.builtin;

import org.jspecify.annotations.NullMarked;
