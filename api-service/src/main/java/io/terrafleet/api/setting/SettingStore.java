package io.terrafleet.api.setting;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Optional;

@Singleton
class SettingStore {
    private final EntityManager entities;

    SettingStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<SettingEntity> find(String name) {
        return Optional.ofNullable(entities.find(SettingEntity.class, name));
    }

    void add(SettingEntity row) {
        entities.persist(row);
    }

    void flush() {
        entities.flush();
    }
}
