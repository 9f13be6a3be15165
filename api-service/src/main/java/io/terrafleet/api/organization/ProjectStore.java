package io.terrafleet.api.organization;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.access.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;

@ApplicationScoped
class ProjectStore {
    private static final String MATCHING = "from ProjectEntity where organizationId = :organization"
            + " and (:named = false or name in :names) and lower(name) like :search escape '!' and ";

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

    List<ProjectEntity> list(
            String organizationId, List<String> names, String search, Visibility visible, int offset, int limit) {
        return bind(
                        entities.createQuery(
                                MATCHING + visible.ofProject("id") + " order by lower(name)", ProjectEntity.class),
                        organizationId,
                        names,
                        search,
                        visible)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId, List<String> names, String search, Visibility visible) {
        return bind(
                        entities.createQuery("select count(*) " + MATCHING + visible.ofProject("id"), Long.class),
                        organizationId,
                        names,
                        search,
                        visible)
                .getSingleResult();
    }

    private static <T> TypedQuery<T> bind(
            TypedQuery<T> query, String organizationId, List<String> names, String search, Visibility visible) {
        visible.parameters().forEach(query::setParameter);
        return query.setParameter("organization", organizationId)
                .setParameter("named", !names.isEmpty())
                .setParameter("names", names.isEmpty() ? List.of("") : names)
                .setParameter("search", search);
    }
}
