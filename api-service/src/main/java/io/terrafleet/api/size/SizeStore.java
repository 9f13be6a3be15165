package io.terrafleet.api.size;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

@Singleton
class SizeStore implements PanacheRepositoryBase<SizeEntity, String> {
    void remove(SizeEntity size) {
        delete(size);
    }
}
