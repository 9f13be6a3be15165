package io.terrafleet.testkit;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Leads who asks for a repository by an earlier name to where it is now, git and API alike, as hosts do. */
final class ForgeMoves {
    private final Map<String, String> moves = new ConcurrentHashMap<>();
    private final String api;

    /** @param api the path of the API */
    ForgeMoves(String api) {
        this.api = api;
    }

    void add(String from, String to) {
        moves.put(from, to);
    }

    Filter lead() {
        return (request, response, chain) -> {
            HttpServletRequest asked = (HttpServletRequest) request;
            Optional<String> elsewhere = moves.entrySet().stream()
                    .flatMap(move -> there(asked.getRequestURI(), move.getKey(), move.getValue()).stream())
                    .findFirst();
            if (elsewhere.isEmpty()) {
                chain.doFilter(request, response);
                return;
            }
            String query = asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
            HttpServletResponse redirection = (HttpServletResponse) response;
            redirection.setStatus(asked.getMethod().equals("GET") ? 301 : 307);
            redirection.setHeader("Location", elsewhere.get() + query);
        };
    }

    private Optional<String> there(String path, String from, String to) {
        String inApi = api + "/repos/";
        if (path.startsWith("/" + from + ".git")) {
            return Optional.of("/" + to + path.substring(1 + from.length()));
        }
        boolean same = path.equals(inApi + from) || path.startsWith(inApi + from + "/");
        return same ? Optional.of(inApi + to + path.substring(inApi.length() + from.length())) : Optional.empty();
    }
}
