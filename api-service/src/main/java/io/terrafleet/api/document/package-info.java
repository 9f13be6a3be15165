/** JSON:API documents as clients of the TFE API write and read them: requests parsed leniently, answers built exactly. */
@NullMarked
package io.terrafleet.api.document;

import org.jspecify.annotations.NullMarked;
