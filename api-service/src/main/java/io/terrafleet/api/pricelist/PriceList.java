package io.terrafleet.api.pricelist;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An uploaded price list.
 *
 * @param id {@code plist-} and 16 letters or digits
 * @param fileName as it was uploaded
 * @param size of the upload in bytes
 * @param status {@code reading}, {@code used}, {@code unused} (switched off) or {@code refused}
 * @param bytesRead of the unpacked list, while it is read
 * @param reason why nothing of it was taken
 * @param contents what it holds, once it was taken
 * @param uploadedBy a user's name
 */
public record PriceList(
        String id,
        String fileName,
        long size,
        String status,
        long bytesRead,
        Optional<String> reason,
        Optional<Contents> contents,
        String uploadedBy,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * @param name of the list, for example {@code AmazonEC2}
     * @param version as the seller numbers it
     * @param prices how many were taken
     * @param products how many entries the list has
     */
    public record Contents(
            String name,
            String version,
            LocalDate published,
            List<String> regions,
            List<String> currencies,
            long prices,
            long products) {}
}
