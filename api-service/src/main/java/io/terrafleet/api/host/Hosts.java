package io.terrafleet.api.host;

import io.terrafleet.api.oauth.ServiceProvider;

/** Which host speaks which way. */
public final class Hosts {
    private Hosts() {}

    public static Host of(ServiceProvider provider) {
        return switch (provider) {
            case GITHUB, GITHUB_ENTERPRISE -> new GitHub();
            case GITLAB_HOSTED, GITLAB_COMMUNITY_EDITION, GITLAB_ENTERPRISE_EDITION -> new GitLab();
            case GITEA, FORGEJO -> new Gitea();
            case BITBUCKET_HOSTED -> new BitbucketCloud();
            case BITBUCKET_SERVER, BITBUCKET_DATA_CENTER -> new BitbucketDataCenter();
            case ADO_SERVER, ADO_SERVICES -> new AzureDevOps();
            case GIT -> new PlainGit();
        };
    }
}
