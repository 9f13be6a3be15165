/** What is written into a backup comes out of it. */
@NullMarked
package io.terrafleet.standalone.backup;

import org.jspecify.annotations.NullMarked;
