package io.terrafleet.api.oauth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of version control system. */
public enum ServiceProvider {
    GITHUB("GitHub"),
    GITHUB_ENTERPRISE("GitHub Enterprise"),
    GITLAB_HOSTED("GitLab.com"),
    GITLAB_COMMUNITY_EDITION("GitLab Community Edition"),
    GITLAB_ENTERPRISE_EDITION("GitLab Enterprise Edition"),
    BITBUCKET_HOSTED("Bitbucket Cloud"),
    BITBUCKET_SERVER("Bitbucket Server"),
    BITBUCKET_DATA_CENTER("Bitbucket Data Center"),
    ADO_SERVER("Azure DevOps Server"),
    ADO_SERVICES("Azure DevOps Services"),
    GITEA("Gitea"),
    FORGEJO("Forgejo"),
    GIT("Git");

    private final String display;

    ServiceProvider(String display) {
        this.display = display;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an App can be installed there. */
    boolean hasApps() {
        return this == GITHUB || this == GITHUB_ENTERPRISE;
    }

    /** For people. */
    public String display() {
        return display;
    }

    public static Optional<ServiceProvider> of(String word) {
        return Arrays.stream(values())
                .filter(provider -> provider.word().equals(word))
                .findFirst();
    }
}
