/** See the package of the same name in the main sources. */
@org.jspecify.annotations.NullMarked
package io.terrafleet.jmh;
