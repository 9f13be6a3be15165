package io.terrafleet.api.configuration;

/**
 * What is known of the commit that a configuration is. Names as in the TFE API's {@code ingress-attributes}; empty texts for what is not known.
 *
 * @param identifier of the repository
 * @param commitSha 40 hexadecimal digits; of a pull request its head, also where it was merged before it is planned
 * @param pullRequestNumber 0 when it is of none
 * @param trusted whether somebody who may write to the repository stands behind it; otherwise its runs get nothing sensitive
 */
public record Ingress(
        String identifier,
        String branch,
        String tag,
        String cloneUrl,
        String commitMessage,
        String commitSha,
        String commitUrl,
        String compareUrl,
        boolean pullRequest,
        boolean onDefaultBranch,
        long pullRequestNumber,
        String pullRequestUrl,
        String pullRequestTitle,
        String pullRequestBody,
        String senderUsername,
        String senderAvatarUrl,
        String senderHtmlUrl,
        boolean trusted) {}
