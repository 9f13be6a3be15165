package io.terrafleet.api.organization;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;

@Singleton
class ProjectStore {
    private static final String MATCHING = "from ProjectEntity p where p.organizationId = :organization"
            + " and (:named = false or p.name in :names) and lower(p.name) like :search escape '!' and ";
    private static final String TAGGED = " and exists (select 1 from ProjectTagEntity t# where t#.projectId = p.id"
            + " and t#.key = :key# and (:any# = true or t#.value = :value#))";

    private final EntityManager entities;

    ProjectStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<ProjectEntity> find(String id) {
        return Optional.ofNullable(entities.find(ProjectEntity.class, id));
    }

    /** One of them may be at hand already; many are read at once. */
    List<ProjectEntity> find(Set<String> ids) {
        return ids.size() < 2
                ? ids.stream().flatMap(id -> find(id).stream()).toList()
                : entities.unwrap(Session.class)
                        .createNativeQuery("select * from project where id = any(:ids)", ProjectEntity.class)
                        .setParameter("ids", ids.toArray(String[]::new))
                        .getResultList();
    }

    Optional<ProjectEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(ProjectEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<ProjectEntity> byName(String organizationId, String name) {
        return entities.createQuery(
                        "from ProjectEntity where organizationId = :organization and lower(name) = :name",
                        ProjectEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name.toLowerCase(Locale.ROOT))
                .getResultStream()
                .findFirst();
    }

    Optional<ProjectEntity> standardOf(String organizationId) {
        return entities.createQuery(
                        "from ProjectEntity where organizationId = :organization and standard", ProjectEntity.class)
                .setParameter("organization", organizationId)
                .getResultStream()
                .findFirst();
    }

    List<ProjectEntity> list(ProjectQuery wanted, int offset, int limit) {
        String order = " order by lower(p.name)" + (wanted.descending() ? " desc" : "");
        return bind(entities.createQuery("select p " + matching(wanted) + order, ProjectEntity.class), wanted)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(ProjectQuery wanted) {
        return bind(entities.createQuery("select count(*) " + matching(wanted), Long.class), wanted)
                .getSingleResult();
    }

    private static String matching(ProjectQuery wanted) {
        StringBuilder matching =
                new StringBuilder(MATCHING).append(wanted.visible().ofProject("p.id"));
        for (int i = 0; i < wanted.tags().size(); i++) {
            matching.append(TAGGED.replace("#", Integer.toString(i)));
        }
        return matching.toString();
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> query, ProjectQuery wanted) {
        wanted.visible().parameters().forEach(query::setParameter);
        int i = 0;
        for (Map.Entry<String, Optional<String>> tag : wanted.tags().entrySet()) {
            query.setParameter("key" + i, tag.getKey())
                    .setParameter("any" + i, tag.getValue().isEmpty())
                    .setParameter("value" + i, tag.getValue().orElse(""));
            i++;
        }
        return query.setParameter("organization", wanted.organizationId())
                .setParameter("named", !wanted.names().isEmpty())
                .setParameter("names", wanted.names().isEmpty() ? List.of("") : wanted.names())
                .setParameter("search", Search.containing(wanted.search()));
    }
}
