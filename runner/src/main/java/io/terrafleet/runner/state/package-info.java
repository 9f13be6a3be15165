/** State files: each snapshot that terraform writes goes to the platform. */
@NullMarked
package io.terrafleet.runner.state;

import org.jspecify.annotations.NullMarked;
