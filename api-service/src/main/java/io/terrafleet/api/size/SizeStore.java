package io.terrafleet.api.size;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class SizeStore implements PanacheRepositoryBase<SizeEntity, String> {
    void remove(SizeEntity size) {
        delete(size);
    }
}
