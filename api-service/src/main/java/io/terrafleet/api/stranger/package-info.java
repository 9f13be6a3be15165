/**
 * What keeps a stranger's pull request from hurting: what a configuration needs of the world is read before anything of it is run, and of the
 * state only what is not sensitive is given away. Pure.
 */
@NullMarked
package io.terrafleet.api.stranger;

import org.jspecify.annotations.NullMarked;
