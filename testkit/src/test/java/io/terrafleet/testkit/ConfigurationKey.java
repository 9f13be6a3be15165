package io.terrafleet.testkit;

import java.util.Optional;

/**
 * A key that a service reads.
 *
 * @param type as people write it, without {@code Optional}
 * @param fallback the default in the code; absent: none
 * @param required whether it must come from somewhere: no default and not optional
 * @param meaning a sentence, in Markdown
 */
record ConfigurationKey(
        String module,
        String name,
        String type,
        Optional<String> fallback,
        boolean required,
        boolean secret,
        String meaning) {}
