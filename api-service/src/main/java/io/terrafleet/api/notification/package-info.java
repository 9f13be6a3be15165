/** Telling other systems and people what runs do: by HTTP, to chats, by mail; tried again when it fails, and what came back is kept. */
@NullMarked
package io.terrafleet.api.notification;

import org.jspecify.annotations.NullMarked;
