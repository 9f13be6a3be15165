package io.terrafleet.api.setting;

/** What an operator says to people on the pages; each is plain text, empty for nothing. */
public record Customization(String supportEmail, String loginHelp, String footer, String error, String newUser) {
    static final Customization UNSET = new Customization("", "", "", "", "");
}
