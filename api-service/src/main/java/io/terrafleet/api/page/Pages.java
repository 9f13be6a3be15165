package io.terrafleet.api.page;

import io.terrafleet.api.document.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where one is in a long list. The links are queries. */
public record Pages(long total, long first, long last, Optional<String> before, Optional<String> after) {
    static Pages of(Page page, long total, String search) {
        long first = total == 0 ? 0 : page.offset() + 1L;
        long last = Math.min(total, page.offset() + (long) page.size());
        String kept = search.isEmpty() ? "" : "&q=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
        return new Pages(
                total,
                first,
                last,
                page.number() > 1 ? Optional.of(link(page.number() - 1, kept)) : Optional.empty(),
                last < total ? Optional.of(link(page.number() + 1, kept)) : Optional.empty());
    }

    public boolean isNeeded() {
        return before.isPresent() || after.isPresent();
    }

    private static String link(int number, String kept) {
        return "?page%5Bnumber%5D=" + number + kept;
    }
}
