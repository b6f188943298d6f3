// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Found;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** One of several processes that work on the same keys; it prints what it was answered, a line for each answer. */
public final class SharingProcess {
    static final Space SPACE = new Space(new TenantId("acme"), "shop.hot");
    static final Place COUNT = SPACE.key("count");
    static final Place COMPARED = SPACE.key("compared");
    static final Place SHORT = SPACE.key("short");
    static final int TIMES = 50;
    private static final Duration LIFE = Duration.ofMillis(50);

    private final SharedDataStore store;
    private final Connection clock;

    private SharingProcess(SharedDataStore store, Connection clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Works in the database that the arguments name, as soon as all are there: when a line comes. */
    public static void main(String... arguments) throws SQLException, IOException {
        TestServer.Address server = new TestServer.Address(arguments[0], arguments[1], Optional.of(arguments[2]));
        try (PooledDatabase opened = TestDatabase.open(server);
                Connection clock = TestServer.connect(server)) {
            SharedDataParts parts =
                    new SharedDataParts(opened, SharedFixture.anybody(), SharedLimits.DEFAULT, SharedFixture.STREAMS);
            System.out.println("ready");
            if (System.in.read() >= 0) {
                new SharingProcess(parts.store(), clock).work();
            }
            parts.stop();
        }
    }

    private void work() throws SQLException {
        for (int i = 0; i < TIMES; i++) {
            print("sum", ((Done) store.increment(COUNT, "shop", 1, Optional.empty())).json());
            if (i % 5 == 0) {
                compareAndSet();
            }
            store.set(SHORT, new Write("shop", "1", Optional.of(LIFE)));
            readShort();
        }
        Instant end = now().plus(LIFE);
        while (now().isBefore(end)) {
            readShort();
        }
    }

    private void compareAndSet() {
        Outcome outcome;
        do {
            Found found = store.get(COMPARED, Optional.of("shop"));
            long version = found instanceof Stored stored ? stored.version() : 0;
            long count = found instanceof Stored stored ? Long.parseLong(stored.json()) : 0;
            outcome = store.compareAndSet(
                    COMPARED, version, new Write("shop", Long.toString(count + 1), Optional.empty()));
        } while (!(outcome instanceof Done));
    }

    /** What is read may end while it is on its way, and must not have ended before it was asked for. */
    private void readShort() throws SQLException {
        Instant asked = now();
        if (store.get(SHORT, Optional.of("shop")) instanceof Stored read) {
            print("read", read.expiresAt().orElseThrow().isAfter(asked) ? "good" : "expired");
        }
    }

    private Instant now() throws SQLException {
        return Sql.first(clock, row -> row.getObject(1, OffsetDateTime.class).toInstant(), "SELECT clock_timestamp()")
                .orElseThrow();
    }

    private static void print(String what, String value) {
        System.out.println(what + " " + value);
    }

    /** Starts one; it says {@code ready} and waits for a line. */
    static Process start(TestDatabase database) throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                SharingProcess.class.getName(),
                database.server().url(),
                database.server().user(),
                database.server().password().orElseThrow());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
