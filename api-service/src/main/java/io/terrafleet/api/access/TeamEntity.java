package io.terrafleet.api.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "team")
@SuppressWarnings("NullAway.Init")
class TeamEntity {
    static final String OWNERS = "owners";

    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;
    String visibility;

    @Column(name = "sso_team_id")
    @Nullable
    String ssoTeamId;

    @Column(name = "allow_member_token_management")
    boolean allowMemberTokenManagement;

    /** Words of {@link OrganizationAccess}. */
    @Column(name = "organization_access")
    String[] organizationAccess;

    @Column(name = "created_at")
    Instant createdAt;

    boolean owners() {
        return name.equals(OWNERS);
    }

    Set<OrganizationAccess> access() {
        EnumSet<OrganizationAccess> access = EnumSet.noneOf(OrganizationAccess.class);
        Arrays.stream(organizationAccess)
                .map(OrganizationAccess::named)
                .flatMap(Optional::stream)
                .forEach(access::add);
        return access;
    }
}
