/** Tests of the policy language. */
@NullMarked
package io.terrafleet.rego;

import org.jspecify.annotations.NullMarked;
