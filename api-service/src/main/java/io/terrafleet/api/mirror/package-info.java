/**
 * Keeps copies of public providers, so that many runs download each once. {@link io.terrafleet.api.mirror.Mirrors} is the door; terraform
 * speaks to it by the provider network mirror protocol.
 */
@NullMarked
package io.terrafleet.api.mirror;

import org.jspecify.annotations.NullMarked;
