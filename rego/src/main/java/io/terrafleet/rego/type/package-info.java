/** What can be told of values before anything runs. */
@NullMarked
package io.terrafleet.rego.type;

import org.jspecify.annotations.NullMarked;
