package io.terrafleet.api.access;

import java.util.List;

/** Ways to stand in an organization that tests need often; each is a team of the organization. */
public enum Role {
    READER(List.of(OrganizationAccess.READ_WORKSPACES, OrganizationAccess.READ_PROJECTS)),
    PLANNER(List.of(
            OrganizationAccess.READ_WORKSPACES, OrganizationAccess.READ_PROJECTS, OrganizationAccess.PLAN_WORKSPACES)),
    WRITER(List.of(OrganizationAccess.WRITE_WORKSPACES, OrganizationAccess.READ_PROJECTS)),
    OWNER(List.of());

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<OrganizationAccess> access;

    Role(List<OrganizationAccess> access) {
        this.access = access;
    }

    /** {@code owners}, {@code writers}… */
    public String team() {
        return name().toLowerCase(java.util.Locale.ROOT) + "s";
    }

    public OrganizationAccess[] access() {
        return access.toArray(OrganizationAccess[]::new);
    }
}
