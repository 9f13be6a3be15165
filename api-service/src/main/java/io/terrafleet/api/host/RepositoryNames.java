package io.terrafleet.api.host;

import io.terrafleet.api.oauth.Credential;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.problem.Problem;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What hosts call the repositories that people name by whole addresses: their APIs and deliveries know no addresses. */
public final class RepositoryNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~ -]+(/[A-Za-z0-9._~ -]+){1,8}");
    private static final int LONGEST = 1_000;
    private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80);
    private static final String SSH = "ssh";

    private RepositoryNames() {}

    /**
     * How an identifier is kept of which somebody says that a connection opens it: by the host's name, however it was named; by its address
     * where that says more, which is over SSH and at a plain git server.
     *
     * @throws Problem 422 when the connection cannot open it
     */
    public static String kept(Credential connection, String identifier) {
        if (!identifier.contains("://")) {
            return identifier;
        }
        URI address = address(identifier);
        URI base = connection.base();
        if (address.getUserInfo() != null && !overSsh(address)) {
            throw wrong("the address must name no user and no password: the connection's token opens the repository");
        }
        if (!sameHost(address, base)) {
            throw wrong("the connection is for " + base + ", not for this address");
        }
        if (connection.provider() == ServiceProvider.GIT) {
            return identifier;
        }
        String name = of(connection.provider(), base, address)
                .orElseThrow(() -> wrong("this is not the address of a repository at " + base + ", which is such as "
                        + Hosts.of(connection.provider()).cloneAddress(base, example(connection.provider()))));
        return overSsh(address) ? identifier : name;
    }

    /** Empty for an address that is none of a repository there, or at a host that has no names. */
    public static Optional<String> of(ServiceProvider provider, URI base, URI address) {
        if (!sameHost(address, base)) {
            return Optional.empty();
        }
        if (overSsh(address)) {
            return overSsh(provider, address);
        }
        String root = path(base).replaceAll("/+$", "");
        String path = path(address);
        return path.startsWith(root + "/") ? named(provider, address, path.substring(root.length())) : Optional.empty();
    }

    /** Over SSH the paths begin at the host, whatever address its pages have. */
    public static Optional<String> overSsh(ServiceProvider provider, URI address) {
        return overSsh(address) ? named(provider, address, path(address)) : Optional.empty();
    }

    private static Optional<String> named(ServiceProvider provider, URI address, String path) {
        boolean plain = address.getRawQuery() == null && address.getRawFragment() == null;
        String bare = path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
        return Hosts.of(provider).nameIn(bare).filter(name -> plain && isName(name));
    }

    /** Whether it can be the name of a repository, with no ways out of it. */
    public static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches() && !("/" + text + "/").contains("/../");
    }

    private static String example(ServiceProvider provider) {
        return switch (provider) {
            case ADO_SERVER, ADO_SERVICES -> "acme/infra/_git/network";
            case GITHUB,
                    GITHUB_ENTERPRISE,
                    GITLAB_HOSTED,
                    GITLAB_COMMUNITY_EDITION,
                    GITLAB_ENTERPRISE_EDITION,
                    GITEA,
                    FORGEJO,
                    BITBUCKET_HOSTED,
                    BITBUCKET_SERVER,
                    BITBUCKET_DATA_CENTER,
                    GIT -> "acme/network";
        };
    }

    private static boolean overSsh(URI address) {
        return SSH.equals(address.getScheme());
    }

    private static String path(URI address) {
        return Optional.ofNullable(address.getPath()).orElse("");
    }

    /** A token goes to the host that it was given for and to no other. Over SSH the port is another one, and what is shown is no secret. */
    static boolean sameHost(URI one, URI other) {
        boolean sameDoor =
                port(one) == port(other) && String.valueOf(one.getScheme()).equals(String.valueOf(other.getScheme()));
        return (sameDoor || overSsh(one))
                && one.getHost() != null
                && other.getHost() != null
                && one.getHost().toLowerCase(Locale.ROOT).equals(other.getHost().toLowerCase(Locale.ROOT));
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : PORTS.getOrDefault(String.valueOf(address.getScheme()), -1);
    }

    /** 422 when it is none. */
    public static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong("identifier is not the address of a repository");
        }
    }

    static Problem wrong(String why) {
        return Problem.invalid("vcs-repo", "Vcs repo: " + why);
    }
}
