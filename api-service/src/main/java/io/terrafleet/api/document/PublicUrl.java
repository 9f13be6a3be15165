package io.terrafleet.api.document;

import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where people and clients reach this service, for the addresses that must be absolute: {@code terrafleet.public-url}. */
@Singleton
public class PublicUrl {
    private final String base;

    PublicUrl(@ConfigProperty(name = "terrafleet.public-url") URI url) {
        if (url.getHost() == null
                || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                || url.getQuery() != null
                || url.getFragment() != null) {
            throw new IllegalArgumentException("terrafleet.public-url must be an address of the form"
                    + " https://terrafleet.example.com, not \"" + url + "\"");
        }
        String text = url.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** @param path begins with a slash */
    public String of(String path) {
        return base + path;
    }

    /** Scheme, host and port, as browsers write an origin. */
    public String origin() {
        URI url = URI.create(base);
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    @Override
    public String toString() {
        return base;
    }
}
