package io.terrafleet.api.mirror;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Who asks for what is being fetched already waits for that. */
final class Once<T> {
    private final Map<String, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();

    /** @throws RegistryAway as the fetching did, to everybody who waited for it */
    T get(String key, Callable<T> fetch) throws RegistryAway {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            return await(others);
        }
        try {
            mine.complete(fetch.call());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mine.completeExceptionally(new RegistryAway("this service is stopping", e));
        } catch (Exception e) {
            mine.completeExceptionally(e);
        } finally {
            underWay.remove(key, mine);
            mine.cancel(false);
        }
        return await(mine);
    }

    private static <T> T await(CompletableFuture<T> fetched) throws RegistryAway {
        try {
            return fetched.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RegistryAway away -> throw new RegistryAway(String.valueOf(away.getMessage()), away);
                case RuntimeException trouble -> throw trouble;
                case null, default -> throw new RegistryAway("the copy cannot be kept: " + e.getCause(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryAway("this service is stopping", e);
        }
    }
}
