/** Configurations in and working directory changes out, as tar.gz, distrusted. */
@NullMarked
package io.terrafleet.runner.archive;

import org.jspecify.annotations.NullMarked;
