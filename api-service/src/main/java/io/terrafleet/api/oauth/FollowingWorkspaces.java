package io.terrafleet.api.oauth;

import io.terrafleet.api.access.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fired to learn which workspaces take their configuration over a connection; whoever knows says so.
 *
 * @param who asks: nobody learns of workspaces that he does not see
 * @param names the first {@value #MOST} of them
 * @param count of all of them
 */
public record FollowingWorkspaces(
        String organizationId, String clientId, Principal who, List<String> names, AtomicLong count) {
    public static final int MOST = 25;

    FollowingWorkspaces(String organizationId, String clientId, Principal who) {
        this(organizationId, clientId, who, new ArrayList<>(), new AtomicLong());
    }
}
