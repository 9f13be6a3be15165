/** Values of the language: immutable, shareable, totally ordered; read from and written to JSON. */
@NullMarked
package io.terrafleet.rego.value;

import org.jspecify.annotations.NullMarked;
