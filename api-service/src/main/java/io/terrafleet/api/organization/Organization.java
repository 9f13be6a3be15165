package io.terrafleet.api.organization;

import java.time.Instant;

/**
 * A company, or the part of it that shares workspaces, policies and budgets.
 *
 * @param id {@code org-} and 16 letters or digits; never changes
 * @param name how the API addresses it; can change
 * @param defaultExecutionMode of new workspaces, {@code remote} or {@code local}
 * @param allowForceDeleteWorkspaces whether a writer may delete a workspace that still manages resources; owners always may
 */
public record Organization(
        String id,
        String name,
        String email,
        String defaultExecutionMode,
        boolean allowForceDeleteWorkspaces,
        Instant createdAt,
        OrganizationTraits traits,
        OrganizationLimits limits) {}
