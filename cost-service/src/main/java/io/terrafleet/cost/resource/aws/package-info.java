/** How the resources of AWS are billed: one class for each service, all registered in {@link io.terrafleet.cost.resource.aws.AwsPricers}. */
@NullMarked
package io.terrafleet.cost.resource.aws;

import org.jspecify.annotations.NullMarked;
