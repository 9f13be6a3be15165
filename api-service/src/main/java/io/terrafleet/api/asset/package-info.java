/** The style sheet, the scripts and the picture that the pages need, each under an address that changes with its content. */
@NullMarked
package io.terrafleet.api.asset;

import org.jspecify.annotations.NullMarked;
