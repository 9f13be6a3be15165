package io.terrafleet.api.host;

import io.terrafleet.api.oauth.ServiceProvider;
import java.net.URI;
import java.util.Optional;

/** Where people look at repositories and commits, however somebody named the repository. */
public final class RepositoryPages {
    private RepositoryPages() {}

    /**
     * Without a slash at its end. Of a repository at a host that nobody knows it is the address that it is fetched from.
     *
     * @param identifier a name at the provider, or a whole address
     */
    public static String repository(ServiceProvider provider, URI base, String identifier) {
        return name(provider, base, identifier)
                .map(name -> Hosts.of(provider).page(base, name))
                .orElseGet(() -> fetchedFrom(identifier));
    }

    /** The same of a repository that is reached without a connection. */
    public static String fetchedFrom(String address) {
        return address.replaceAll("(\\.git)?/*$", "");
    }

    /** Empty where the host, or what it calls the repository, is not known. */
    public static Optional<String> commit(ServiceProvider provider, URI base, String identifier, String commit) {
        Host host = Hosts.of(provider);
        return name(provider, base, identifier).flatMap(name -> host.commitPage(host.page(base, name), commit));
    }

    private static Optional<String> name(ServiceProvider provider, URI base, String identifier) {
        return identifier.contains("://")
                ? RepositoryNames.of(provider, base, URI.create(identifier))
                : Optional.of(identifier);
    }
}
