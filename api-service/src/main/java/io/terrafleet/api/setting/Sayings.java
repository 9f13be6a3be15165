package io.terrafleet.api.setting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** What the operator says to people, for the pages. */
@ApplicationScoped
@Named("sayings")
public class Sayings {
    private final Settings settings;

    Sayings(Settings settings) {
        this.settings = settings;
    }

    public String getSupportEmail() {
        return settings.customization().supportEmail();
    }

    public String getLoginHelp() {
        return settings.customization().loginHelp();
    }

    public String getFooter() {
        return settings.customization().footer();
    }

    public String getError() {
        return settings.customization().error();
    }

    public String getNewUser() {
        return settings.customization().newUser();
    }
}
