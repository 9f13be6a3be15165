/** How clients find the API and learn what they talk to. */
@NullMarked
package io.terrafleet.api.discovery;

import org.jspecify.annotations.NullMarked;
