package io.terrafleet.api.toolversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.ToolBuild;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds that an administrator brings, as requests say them and as a row keeps them. */
public final class Builds {
    private static final int MOST = 20;
    private static final int LONGEST_URL = 2_048;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9]{1,20}");
    private static final TypeReference<List<ToolBuild>> LIST = new TypeReference<>() {};

    private Builds() {}

    /** 422 unless a worker can use it; {@code os} and {@code arch} as Go names them. */
    public static ToolBuild of(String os, String arch, String url, String sha) {
        if (!WORD.matcher(os).matches() || !WORD.matcher(arch).matches()) {
            throw Problem.invalid("archs", "Os and arch must be words such as linux and amd64");
        }
        if (!SHA256.matcher(sha).matches()) {
            throw Problem.invalid("sha", "Sha must be the SHA-256 of the zip file: 64 hexadecimal digits");
        }
        return new ToolBuild(os, arch, address(url), sha.toLowerCase(Locale.ROOT));
    }

    private static URI address(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw notAnAddress();
        }
        boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
        if (!web
                || address.getHost() == null
                || address.getUserInfo() != null
                || address.getQuery() != null
                || address.getFragment() != null
                || url.length() > LONGEST_URL) {
            throw notAnAddress();
        }
        return address;
    }

    private static Problem notAnAddress() {
        return Problem.invalid(
                "url",
                "Url must be the http or https address of a zip file, without user, password or query (it is told to workers), of at most "
                        + LONGEST_URL + " characters");
    }

    static List<ToolBuild> checked(List<ToolBuild> builds) {
        Set<String> platforms = new HashSet<>();
        for (ToolBuild build : builds) {
            if (!platforms.add(build.platform())) {
                throw Problem.invalid("archs", "Archs names " + build.platform() + " twice");
            }
        }
        if (builds.size() > MOST) {
            throw Problem.invalid("archs", "Archs may have at most " + MOST + " entries");
        }
        return builds;
    }

    /** With another build for one kind of machine. */
    static List<ToolBuild> with(List<ToolBuild> builds, ToolBuild other) {
        List<ToolBuild> changed = new ArrayList<>(List.of(other));
        builds.stream()
                .filter(build -> !build.platform().equals(other.platform()))
                .forEach(changed::add);
        return List.copyOf(changed);
    }

    static Optional<ToolBuild> usual(List<ToolBuild> builds) {
        return builds.stream()
                .filter(build -> build.platform().equals("linux_amd64"))
                .findFirst();
    }

    static List<ToolBuild> read(@Nullable String column) {
        try {
            return column == null ? List.of() : List.copyOf(Json.mapper().readValue(column, LIST));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static @Nullable String write(List<ToolBuild> builds) {
        return builds.isEmpty() ? null : new String(Json.write(builds), StandardCharsets.UTF_8);
    }
}
