package io.terrafleet.api.notification;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.notification.Courier.Parcel;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The door to who is told of what. At most 100 to a workspace, project or team. What is enabled has been proven to arrive. */
@ApplicationScoped
public class Notifications {
    static final int MOST_RESPONSES = 5;
    private static final int MOST = 100;

    private final NotificationStore store;
    private final Users users;
    private final Secrets secrets;
    private final Courier courier;
    private final NotificationRows rows;
    private final InstantSource clock;
    private final RandomGenerator random;

    Notifications(
            NotificationStore store,
            Users users,
            Secrets secrets,
            Courier courier,
            NotificationRows rows,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.users = users;
        this.secrets = secrets;
        this.courier = courier;
        this.rows = rows;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<NotificationConfiguration> find(String id) {
        return rows.find(id);
    }

    /** Oldest first. */
    @Transactional
    public List<NotificationConfiguration> of(Subscribable subscribable) {
        return rows.of(subscribable);
    }

    /** Sends a verification first when it is to be enabled; what does not arrive is not kept. */
    public NotificationConfiguration create(Subscribable subscribable, NotificationSettings settings) {
        if (of(subscribable).size() >= MOST) {
            throw Problem.unprocessable("There may be at most " + MOST + " notification configurations here.");
        }
        NotificationEntity row = new NotificationEntity();
        row.id = Ids.make("nc", random);
        row.organizationId = subscribable.organizationId();
        switch (subscribable.type()) {
            case Subscribable.WORKSPACES -> row.workspaceId = subscribable.id();
            case Subscribable.TEAMS -> row.teamId = subscribable.id();
            default -> row.projectId = subscribable.id();
        }
        row.name = settings.name().orElseThrow(() -> Problem.invalid("name", "Name can't be blank"));
        row.destination = settings.destination()
                .orElseThrow(() -> Problem.invalid(
                        "destination-type",
                        "Destination type must be \"generic\", \"slack\", \"microsoft-teams\" or \"email\""))
                .word();
        row.createdAt = clock.instant();
        apply(settings, row);
        if (row.enabled) {
            verifyFirst(row);
        }
        return rows.add(row);
    }

    /** Where it goes cannot change in kind. */
    public NotificationConfiguration change(String id, NotificationSettings settings) {
        NotificationEntity row = rows.detached(id).orElseThrow(Problem::notFound);
        if (settings.destination()
                .filter(wanted -> !wanted.word().equals(row.destination))
                .isPresent()) {
            throw Problem.invalid("destination-type", "Destination type cannot be changed; make another configuration");
        }
        boolean was = row.enabled;
        apply(settings, row);
        if (row.enabled && (!was || settings.url().isPresent())) {
            verifyFirst(row);
        }
        return rows.update(row);
    }

    @Transactional
    public void delete(String id) {
        store.remove(store.forUpdate(id).orElseThrow(Problem::notFound));
    }

    /** Sends a verification and keeps what came of it; 400 when it did not arrive. */
    public NotificationConfiguration verify(String id) {
        NotificationEntity row = rows.detached(id).orElseThrow(Problem::notFound);
        DeliveryResponse response = courier.deliver(parcel(row, Message.verification(row.name)));
        NotificationConfiguration changed = rows.responded(id, response).orElseThrow(Problem::notFound);
        if (!response.successful()) {
            throw Problem.malformed("Unable to complete verification request to destination URL: " + told(response));
        }
        return changed;
    }

    Parcel parcel(NotificationEntity row, Message message) {
        return new Parcel(
                row.id,
                Destination.named(row.destination).orElseThrow(),
                row.url,
                Optional.ofNullable(row.sealedToken).map(bytes -> secrets.unsealText(bytes, row.context())),
                recipients(row),
                message);
    }

    private List<String> recipients(NotificationEntity row) {
        return Stream.concat(
                        Arrays.stream(row.emailAddresses),
                        Arrays.stream(row.userIds)
                                .flatMap(id -> users.find(id).stream())
                                .map(Users.User::email))
                .distinct()
                .toList();
    }

    private void verifyFirst(NotificationEntity row) {
        DeliveryResponse response = courier.deliver(parcel(row, Message.verification(row.name)));
        if (!response.successful()) {
            throw Problem.invalid(
                    row.destination.equals(Destination.EMAIL.word()) ? "email-addresses" : "url",
                    "Unable to complete verification request to destination URL: " + told(response));
        }
        row.responses = write(List.of(response));
    }

    private static String told(DeliveryResponse response) {
        return response.code() == 0 ? response.body() : "it answered with HTTP " + response.code();
    }

    private void apply(NotificationSettings settings, NotificationEntity row) {
        settings.name().ifPresent(name -> row.name = name);
        settings.enabled().ifPresent(enabled -> row.enabled = enabled);
        settings.url().ifPresent(url -> row.url = url);
        settings.token()
                .ifPresent(token -> row.sealedToken = token.isEmpty() ? null : secrets.seal(token, row.context()));
        settings.triggers()
                .ifPresent(triggers -> row.triggers =
                        triggers.stream().distinct().map(Trigger::word).toArray(String[]::new));
        settings.emailAddresses().ifPresent(addresses -> row.emailAddresses = addresses.toArray(String[]::new));
        settings.userIds().ifPresent(ids -> row.userIds = known(ids).toArray(String[]::new));
        row.updatedAt = clock.instant();
        if (!row.destination.equals(Destination.EMAIL.word()) && row.url.isEmpty()) {
            throw Problem.invalid("url", "Url can't be blank");
        }
    }

    private Set<String> known(List<String> ids) {
        Set<String> known = new TreeSet<>();
        for (String id : ids) {
            known.add(users.find(id)
                    .map(Users.User::id)
                    .orElseThrow(() -> Problem.invalidRelationship("users", "There is no such user")));
        }
        return known;
    }

    static String write(List<DeliveryResponse> responses) {
        return new String(Json.write(responses), java.nio.charset.StandardCharsets.UTF_8);
    }

    static List<DeliveryResponse> read(String responses) {
        try {
            return List.of(Json.mapper().readValue(responses, DeliveryResponse[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("delivery responses are not kept as JSON", e);
        }
    }
}
