package io.terrafleet.api.peak;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
class PeakStore implements PanacheRepositoryBase<PeakEntity, String> {
    /** Newest first. */
    List<PeakEntity> latest(String workspaceId, String phase, int most) {
        return find("workspaceId = ?1 and phase = ?2 order by notedAt desc, jobId desc", workspaceId, phase)
                .page(0, most)
                .list();
    }

    void deleteOthers(String workspaceId, String phase, List<String> kept) {
        delete("workspaceId = ?1 and phase = ?2 and jobId not in (?3)", workspaceId, phase, kept);
    }
}
