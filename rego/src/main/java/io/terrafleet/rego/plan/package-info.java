/** From syntax trees to executable plans: names, rule tree, safety, order, recursion. */
@NullMarked
package io.terrafleet.rego.plan;

import org.jspecify.annotations.NullMarked;
