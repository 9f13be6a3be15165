/** Run triggers: what is applied in one workspace starts runs in others. */
@NullMarked
package io.terrafleet.api.trigger;

import org.jspecify.annotations.NullMarked;
