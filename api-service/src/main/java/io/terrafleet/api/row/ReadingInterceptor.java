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
            Object answer = invocation.proceed();
            store.end();
            return answer;
        } catch (Exception | Error e) {
            endAfter(e);
            throw e;
        }
    }

    /** When the connection is gone it cannot be left as it was; what was wrong first is told. */
    private void endAfter(Throwable first) {
        try {
            store.end();
        } catch (RuntimeException e) {
            first.addSuppressed(e);
        }
    }
}
