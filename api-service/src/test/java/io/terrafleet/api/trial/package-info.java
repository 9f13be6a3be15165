@NullMarked
package io.terrafleet.api.trial;

import org.jspecify.annotations.NullMarked;
