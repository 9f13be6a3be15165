/** The machine that runs planned bodies: scopes, memos, limits and the executable expressions and steps. */
@NullMarked
package io.terrafleet.rego.evaluation;

import org.jspecify.annotations.NullMarked;
