/** Tools for those who write policies: they judge, test and format on the spot, without a platform. */
@NullMarked
package io.terrafleet.standalone.author;

import org.jspecify.annotations.NullMarked;
