/**
 * What comments on pull requests command, by whom, and what is answered there. {@link io.terrafleet.api.command.Commands} is the door for comments,
 * {@link io.terrafleet.api.command.HostAccounts} for who is who.
 */
@NullMarked
package io.terrafleet.api.command;

import org.jspecify.annotations.NullMarked;
