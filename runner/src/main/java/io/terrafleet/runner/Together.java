package io.terrafleet.runner;

import io.terrafleet.runner.platform.Fenced;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Does things at the same time; what goes wrong comes out where the end is awaited. */
record Together(ExecutorService threads) {
    <T> Future<T> begin(Callable<T> task) {
        return threads.submit(task);
    }

    static <T> T end(Future<T> task) throws IOException, Fenced, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case Fenced fenced -> throw fenced;
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
