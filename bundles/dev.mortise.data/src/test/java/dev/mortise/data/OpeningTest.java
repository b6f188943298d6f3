// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.HealthSource.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
        opening.close();
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

    private Opening begin(DatabaseServer server) {
        Opening begun = new Opening(
                new Connector(server, Limits.DEFAULT),
                new CoreSchema(SchemaVersion.all(), "1.0.0"),
                folder.resolve("db-key"),
                new Opening.Publication() {
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
                });
        begun.begin();
        return begun;
    }
}
