package io.terrafleet.api.session;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.time.InstantSource;

/** Who looks at the page at hand, for the frame that every page has: {@code inject:visitor} in templates. */
@RequestScoped
@Named("visitor")
public class Visitor {
    private final InstantSource clock;
    private String name = "";
    private String formToken = "";

    Visitor(@Identifier("api") InstantSource clock) {
        this.clock = clock;
    }

    void is(String name, String formToken) {
        this.name = name;
        this.formToken = formToken;
    }

    public boolean isKnown() {
        return !name.isEmpty();
    }

    public String getName() {
        return name;
    }

    /** When the page was made, in milliseconds: times on it are told relative to the server's clock. */
    public long getNowMillis() {
        return clock.millis();
    }

    /** For the hidden field {@code form-token} of every form. */
    public String getFormToken() {
        return formToken;
    }
}
