package io.terrafleet.standalone.soak;

import java.util.List;

/** The ways between the processes. */
record Network(Proxy kafka, Proxy apiPostgres, Proxy judgesPostgres, Proxy runnersApi, Proxy judgesApi)
        implements AutoCloseable {
    static Network open(Ports ports) {
        return new Network(
                Proxy.open(ports.kafkaProxy(), ports.kafka()),
                Proxy.open(ports.apiPostgres(), ports.postgres()),
                Proxy.open(ports.judgesPostgres(), ports.postgres()),
                Proxy.open(ports.runnersApi(), ports.api()),
                Proxy.open(ports.judgesApi(), ports.api()));
    }

    List<Proxy> all() {
        return List.of(kafka, apiPostgres, judgesPostgres, runnersApi, judgesApi);
    }

    @Override
    public void close() {
        all().forEach(Proxy::close);
    }
}
