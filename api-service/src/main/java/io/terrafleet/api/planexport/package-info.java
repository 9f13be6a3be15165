/** What is known of a plan as files, for who wants to test policies on them. */
@NullMarked
package io.terrafleet.api.planexport;

import org.jspecify.annotations.NullMarked;
