package io.terrafleet.api.pricelist;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "price_list")
@SuppressWarnings("NullAway.Init")
class PriceListEntity {
    @Id
    String id;

    @Column(name = "file_name")
    String fileName;

    @Column(name = "artifact_id")
    @Nullable
    String artifactId;

    long size;

    String status;

    @Column(name = "bytes_read")
    long bytesRead;

    @Nullable
    String reason;

    @Nullable
    String name;

    @Nullable
    String version;

    @Nullable
    LocalDate published;

    String @Nullable [] regions;

    String @Nullable [] currencies;

    @Nullable
    Long prices;

    @Nullable
    Long products;

    @Column(name = "uploaded_by")
    String uploadedBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
