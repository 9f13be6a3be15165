/** What a site administrator sets for the whole installation. */
@NullMarked
package io.terrafleet.api.setting;

import org.jspecify.annotations.NullMarked;
