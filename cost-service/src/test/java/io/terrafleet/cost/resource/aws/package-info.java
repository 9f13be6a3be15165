/** What drives the price of each type. */
@NullMarked
package io.terrafleet.cost.resource.aws;

import org.jspecify.annotations.NullMarked;
