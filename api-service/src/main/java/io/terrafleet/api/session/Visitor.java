package io.terrafleet.api.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** Who looks at the page at hand, for the frame that every page has: {@code inject:visitor} in templates. */
@RequestScoped
@Named("visitor")
public class Visitor {
    private String name = "";
    private String formToken = "";

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

    /** For the hidden field {@code form-token} of every form. */
    public String getFormToken() {
        return formToken;
    }
}
