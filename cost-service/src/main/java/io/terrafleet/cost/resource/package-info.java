/** What a plan says of each resource, before and after: values, region and the resources it refers to; and the bill that a resource runs up. */
@NullMarked
package io.terrafleet.cost.resource;

import org.jspecify.annotations.NullMarked;
