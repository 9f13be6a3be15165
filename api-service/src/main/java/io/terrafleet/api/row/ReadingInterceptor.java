package io.terrafleet.api.row;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Inside the transaction that is begun before it. */
@Reading
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class ReadingInterceptor {
    private final ReadingStore store;

    ReadingInterceptor(ReadingStore store) {
        this.store = store;
    }

    @AroundInvoke
    Object read(InvocationContext invocation) throws Exception {
        store.begin();
        try {
            return invocation.proceed();
        } finally {
            store.end();
        }
    }
}
