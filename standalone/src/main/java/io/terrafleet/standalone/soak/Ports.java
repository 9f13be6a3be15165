package io.terrafleet.standalone.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where everything of a round listens. A process must come back to its port after a kill, so ports are taken from below those that
 * the operating system gives to outgoing connections.
 *
 * @param runnersApi between runners and the api
 * @param judgesApi between policy-service, cost-service and the api
 */
record Ports(
        int kafka,
        int kafkaProxy,
        int postgres,
        int apiPostgres,
        int judgesPostgres,
        int api,
        int worker,
        int policy,
        int cost,
        int runnersApi,
        int judgesApi) {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 31_000;
    private static final int COUNT = 11;

    /** A row of free ones. */
    static Ports find() {
        return find((int) (ProcessHandle.current().pid() * 31 % (HIGHEST - LOWEST)));
    }

    /** Another row, behind this one. */
    Ports next() {
        return find(kafka - LOWEST + COUNT);
    }

    private static Ports find(int offset) {
        for (int tried = 0; tried < HIGHEST - LOWEST; tried += COUNT) {
            int first = LOWEST + (offset + tried) % (HIGHEST - LOWEST);
            if (allFree(first)) {
                return new Ports(
                        first,
                        first + 1,
                        first + 2,
                        first + 3,
                        first + 4,
                        first + 5,
                        first + 6,
                        first + 7,
                        first + 8,
                        first + 9,
                        first + 10);
            }
        }
        throw new SoakBroken("there are no free ports from " + LOWEST + " to " + HIGHEST);
    }

    /** The same without anything between the processes. */
    Ports direct() {
        return new Ports(kafka, kafka, postgres, postgres, postgres, api, worker, policy, cost, api, api);
    }

    int of(Part part) {
        return switch (part) {
            case KAFKA -> kafka;
            case POSTGRES -> postgres;
            case API -> api;
            case WORKER -> worker;
            case POLICY -> policy;
            case COST -> cost;
        };
    }

    private static boolean allFree(int first) {
        for (int port = first; port < first + COUNT; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
