package io.terrafleet.api.organization;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code filter[tagged][0][key]=team&filter[tagged][0][value]=red}; the numbers only say what belongs together. */
public final class TagFilter {
    private static final Pattern TAGGED = Pattern.compile("filter\\[tagged\\]\\[(\\d{1,4})\\]\\[(key|value)\\]");
    private static final int MOST = 50;

    private TagFilter() {}

    /** @return what is asked for: values by key, none for any value; of more than 50 the first ones */
    public static Map<String, Optional<String>> read(MultivaluedMap<String, String> parameters) {
        Map<String, String> keys = new TreeMap<>();
        Map<String, String> values = new TreeMap<>();
        parameters.forEach((name, list) -> {
            Matcher tagged = TAGGED.matcher(name);
            if (tagged.matches() && !list.isEmpty()) {
                (tagged.group(2).equals("key") ? keys : values).put(tagged.group(1), list.getFirst());
            }
        });
        Map<String, Optional<String>> wanted = new LinkedHashMap<>();
        keys.forEach((index, key) -> {
            if (wanted.size() < MOST) {
                wanted.put(key, Optional.ofNullable(values.get(index)));
            }
        });
        return wanted;
    }

    /** The keys of those that ask for any value. */
    public static List<String> withoutValue(Map<String, Optional<String>> wanted) {
        return wanted.entrySet().stream()
                .filter(tag -> tag.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }
}
