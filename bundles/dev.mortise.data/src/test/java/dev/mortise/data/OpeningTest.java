// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.HealthSource.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
    private final AtomicReference<PooledDatabase> published = new AtomicReference<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private Opening opening;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        Optional.ofNullable(opening).ifPresent(Opening::close);
    }

    @Test
    void publishesTheDatabaseAndAnswersForItsHealth() throws Exception {
        opening = begin(TestServer.embedded().fresh());

        await().atMost(Duration.ofSeconds(10)).until(() -> published.get() != null);
        assertThat(opening.health().status()).isEqualTo(Status.UP);
        assertThat(opening.health().message()).contains("PostgreSQL 18.", "schema version");
    }

    @Test
    void takesTheDatabaseBackWhenItIsClosed() throws Exception {
        opening = begin(TestServer.embedded().fresh());
        await().atMost(Duration.ofSeconds(10)).until(() -> published.get() != null);

        opening.close();

        assertThat(published.get()).isNull();
        assertThat(opening.health().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void keepsTryingUntilTheServerLetsItIn() throws Exception {
        DatabaseServer server = TestServer.embedded().fresh();
        try (Connection superuser = TestServer.embedded().superuser(server.url())) {
            Sql.execute(superuser, "CREATE ROLE late LOGIN PASSWORD 'x'");
            opening = begin(new TestServer.Address(server.url(), "late", Optional.of("x")));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> opening.health().message().contains("ALTER ROLE \"late\" CREATEROLE"));

            await().untilAsserted(() ->
                    assertThat(refusals).anyMatch(reason -> reason.contains("ALTER ROLE \"late\" CREATEROLE")));

            Sql.execute(superuser, "ALTER ROLE late CREATEROLE");
            Sql.execute(superuser, "ALTER DATABASE " + superuser.getCatalog() + " OWNER TO late");

            await().atMost(Duration.ofSeconds(20)).until(() -> published.get() != null);
        }
    }

    @Test
    void namesAServerThatIsNotThereWithoutItsPassword() {
        opening = begin(new TestServer.Address(
                "jdbc:postgresql://127.0.0.1:1/none?password=secret", "nobody", Optional.empty()));

        await().atMost(Duration.ofSeconds(15))
                .until(() -> opening.health().message().contains("refused"));
        assertThat(opening.health().message()).contains("127.0.0.1:1/none").doesNotContain("secret");
        assertThat(refusals).isEmpty();
    }

    @Test
    void callsAPersonWhenThePasswordIsWrong() throws Exception {
        DatabaseServer server = TestServer.embedded().fresh();
        opening = begin(new TestServer.Address(server.url(), server.user(), Optional.of("wrong")));

        await().atMost(Duration.ofSeconds(15)).until(() -> !refusals.isEmpty());
        assertThat(refusals).allMatch(reason -> reason.contains("can't be used") && reason.contains("password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "0123"})
    void namesAFileThatHoldsNoKey(String text) throws Exception {
        Files.writeString(folder.resolve("db-key"), text);

        opening = begin(TestServer.embedded().fresh());

        await().atMost(Duration.ofSeconds(15)).until(() -> !refusals.isEmpty());
        assertThat(refusals)
                .allMatch(reason -> reason.contains(folder.resolve("db-key") + " holds no key, which the passwords of"))
                .noneMatch(reason -> reason.contains("\"z\""));
    }

    @Test
    void triesAgainUntilItsFileCanBeReadAndSaysOnceThatItCannot() throws Exception {
        Path file = Files.createDirectory(folder.resolve("db-key"));
        opening = begin(TestServer.embedded().fresh());
        await().atMost(Duration.ofSeconds(15)).until(() -> !refusals.isEmpty());
        // it tries again after 200 and 400 ms
        await().during(Duration.ofSeconds(1)).until(() -> refusals.size() == 1);
        assertThat(refusals).singleElement().asString().contains(file + " can't be read or written.", "directory");

        Files.delete(file);

        await().atMost(Duration.ofSeconds(15)).until(() -> published.get() != null);
    }

    @Test
    void triesAgainWhereItCannotBePublished() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        List<PooledDatabase> offered = new CopyOnWriteArrayList<>();
        opening = begin(TestServer.embedded().fresh(), SchemaVersion.all(), new Noting() {
            @Override
            public void publish(PooledDatabase database) {
                offered.add(database);
                if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("Somebody is not there yet.");
                }
                if (tries.get() == 2) {
                    throw new NoClassDefFoundError("on purpose");
                }
                super.publish(database);
            }
        });

        await().atMost(Duration.ofSeconds(15)).until(() -> published.get() != null);
        assertThat(offered).extracting(one -> one.pool().isClosed()).containsExactly(true, true, false);
    }

    @Test
    void publishesNothingOnceItIsBeingClosed() throws Exception {
        List<PooledDatabase> offered = new CopyOnWriteArrayList<>();
        AtomicBoolean first = new AtomicBoolean(true);
        opening = begin(TestServer.embedded().fresh(), slow(), new Noting() {
            @Override
            public void publish(PooledDatabase database) {
                offered.add(database);
            }

            @Override
            public void withdraw() {
                if (first.getAndSet(false)) {
                    // before it is interrupted
                    await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
                }
            }
        });
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

        opening.close();

        assertThat(offered).isEmpty();
        assertThat(refusals).isEmpty();
    }

    @Test
    void callsNobodyWhenItIsInterruptedAtItsEnd() throws Exception {
        opening = begin(TestServer.embedded().fresh(), slow(), new Noting());
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

        opening.close();

        assertThat(refusals).isEmpty();
        assertThat(published.get()).isNull();
    }

    @Test
    void leavesNoThreadBehindWhenTheServerDoesNotTellItsTime() throws Exception {
        try (TestDatabase database = TestDatabase.open()) {
            database.execute("""
                    CREATE SCHEMA odd;
                    CREATE FUNCTION odd.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql
                        AS 'BEGIN RAISE EXCEPTION $$I have no clock$$; END';
                    """);
            database.execute("ALTER DATABASE " + database.text("SELECT current_database()")
                    + " SET search_path = odd, pg_catalog");
            long before = threads();

            assertThatThrownBy(() -> TestDatabase.open(database.server())).hasMessageContaining("I have no clock");

            assertThat(threads()).isEqualTo(before);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mortise-data"))
                .count();
    }

    private static List<SchemaVersion> slow() {
        List<SchemaVersion> versions = new ArrayList<>(SchemaVersion.all());
        versions.add(new SchemaVersion(9999, "slow", "SELECT pg_sleep(2)"));
        return versions;
    }

    private Opening begin(DatabaseServer server) {
        return begin(server, SchemaVersion.all(), new Noting());
    }

    private Opening begin(DatabaseServer server, List<SchemaVersion> versions, Opening.Publication publication) {
        Opening begun = new Opening(
                new Connector(server, Limits.DEFAULT),
                new CoreSchema(versions, "1.0.0"),
                folder.resolve("db-key"),
                publication);
        begun.begin();
        return begun;
    }

    private class Noting implements Opening.Publication {
        @Override
        public void publish(PooledDatabase database) {
            published.set(database);
        }

        @Override
        public void withdraw() {
            published.set(null);
        }

        @Override
        public void refused(String reason) {
            refusals.add(reason);
        }
    }
}
