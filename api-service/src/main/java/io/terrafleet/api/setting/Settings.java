package io.terrafleet.api.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * The door to the installation's settings. They are asked for with every request, so each process keeps what it has read and reads it anew
 * every few seconds; its own changes it knows at once.
 */
@ApplicationScoped
public class Settings {
    private final SettingStore store;
    private final Secrets secrets;
    private final InstantSource clock;
    private volatile General general = General.UNSET;
    private volatile Customization customization = Customization.UNSET;

    Settings(SettingStore store, Secrets secrets, @Identifier("api") InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        refresh();
    }

    @Scheduled(identity = "site-settings", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @Transactional
    void refresh() {
        general = stored(General.class).orElse(General.UNSET);
        customization = stored(Customization.class).orElse(Customization.UNSET);
    }

    public General general() {
        return general;
    }

    public Customization customization() {
        return customization;
    }

    /** With its password: for who sends mail. */
    @Transactional
    public Smtp smtp() {
        return store.find(name(Smtp.class))
                .map(row -> read(row, Smtp.class)
                        .with(Optional.ofNullable(row.sealed)
                                .map(bytes -> secrets.unsealText(bytes, context(row.name)))))
                .orElse(Smtp.UNSET);
    }

    @Transactional
    public void set(General wanted) {
        put(wanted, Optional.empty());
        general = wanted;
    }

    @Transactional
    public void set(Customization wanted) {
        put(wanted, Optional.empty());
        customization = wanted;
    }

    @Transactional
    public void set(Smtp wanted) {
        put(wanted.with(Optional.empty()), wanted.password());
    }

    private <T> Optional<T> stored(Class<T> type) {
        return store.find(name(type)).map(row -> read(row, type));
    }

    private void put(Object value, Optional<String> secret) {
        String name = name(value.getClass());
        Optional<SettingEntity> found = store.find(name);
        SettingEntity row = found.orElseGet(() -> {
            SettingEntity fresh = new SettingEntity();
            fresh.name = name;
            return fresh;
        });
        row.content = new String(Json.write(value), StandardCharsets.UTF_8);
        row.sealed = secret.map(text -> secrets.seal(text, context(name))).orElse(null);
        row.updatedAt = clock.instant();
        if (found.isEmpty()) {
            store.add(row);
        }
        store.flush();
    }

    private static <T> T read(SettingEntity row, Class<T> type) {
        try {
            return Json.mapper().readValue(row.content, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the setting " + row.name + " is not kept as " + type.getSimpleName(), e);
        }
    }

    private static String name(Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String context(String name) {
        return "site-setting/" + name;
    }
}
