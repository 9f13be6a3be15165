/** Turns identity tokens into what terraform's providers look for: files and environment variables. */
@NullMarked
package io.terrafleet.runner.identity;

import org.jspecify.annotations.NullMarked;
