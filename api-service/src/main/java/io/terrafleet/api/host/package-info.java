/**
 * Git hosts as they speak to us and we to them: signatures and words of their webhooks, pull requests, commit statuses and comments of their
 * APIs. One {@link io.terrafleet.api.host.Host} for each kind; it keeps nothing and knows nothing of workspaces.
 */
@NullMarked
package io.terrafleet.api.host;

import org.jspecify.annotations.NullMarked;
