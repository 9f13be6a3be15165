/** The launcher: one command line for the whole platform on one machine. */
@NullMarked
package io.terrafleet.standalone;

import org.jspecify.annotations.NullMarked;
