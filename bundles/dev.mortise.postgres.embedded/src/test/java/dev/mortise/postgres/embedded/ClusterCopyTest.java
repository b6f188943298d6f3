// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.port.DatabaseServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCopyTest {
    @TempDir
    Path home;

    @TempDir
    Path other;

    private final Set<String> names = new TreeSet<>();

    @BeforeEach
    void makeACluster() throws Exception {
        Servers.copyCluster(home);
    }

    /** Between the files the server writes, makes checkpoints and throws its old log away: all of it must be mended. */
    @Test
    void hasAllThatWasCommittedBeforeItsEnd() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
            DatabaseServer server = postgres.start();
            Servers.execute(server, "CREATE TABLE written (id int PRIMARY KEY, filler text)");
            try (Connection superuser = Servers.connectAsSuperuser(server, home)) {
                new ClusterCopy(true).apply(home.resolve("data"), storing(() -> churn(server, superuser)));
            }
        }

        assertThat(names).contains("backup_label").doesNotContain("postmaster.pid");
        assertThat(startCopyAndAsk("SELECT count(*) || ' ' || max(id) FROM written"))
                .isEqualTo(churned + " " + churned);
    }

    private String last = "";
    private int churned;

    private void churn(DatabaseServer server, Connection superuser) throws SQLException {
        boolean before = !names.contains("global/pg_control") && names.size() % 300 == 1;
        if (!before && !last.equals("global/pg_control")) {
            return;
        }
        churned++;
        Servers.execute(server, "INSERT INTO written VALUES (" + churned + ", repeat('x', 1000))");
        try (Statement statement = superuser.createStatement()) {
            statement.execute("SELECT pg_switch_wal()");
            statement.execute("CHECKPOINT");
        }
    }

    @Test
    void keepsNothingBackOnTheServer() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
            DatabaseServer server = postgres.start();

            new ClusterCopy(true).apply(home.resolve("data"), storing(() -> {}));

            assertThat(Servers.query(server, "SELECT count(*) FROM pg_replication_slots"))
                    .isEqualTo("0");
        }
    }

    @Test
    void isTheSameOfAServerThatDoesNotRun() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
            Servers.execute(postgres.start(), "CREATE TABLE written AS SELECT 42 AS id");
        }

        new ClusterCopy(false).apply(home.resolve("data"), storing(() -> {}));

        assertThat(names).doesNotContain("backup_label");
        assertThat(startCopyAndAsk("SELECT id FROM written")).isEqualTo("42");
    }

    @Test
    void asksToWaitForAServerThatIsNotUp() {
        assertThatThrownBy(() -> new ClusterCopy(true).apply(home.resolve("data"), storing(() -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its database does not accept connections");
    }

    @Test
    void isRefusedWhenTheServerEndsMeanwhile() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
            postgres.start();

            assertThatThrownBy(() -> new ClusterCopy(true).apply(home.resolve("data"), storing(() -> {
                        if (names.size() == 100) {
                            postgres.close();
                        }
                    })))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The database could not be copied");
        }
    }

    @Test
    void refusesATablespaceElsewhere() throws Exception {
        Files.createSymbolicLink(home.resolve("data/postgres/pg_tblspc/16999"), other);

        assertThatThrownBy(() -> new ClusterCopy(false).apply(home.resolve("data"), storing(() -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tablespace");
    }

    /** What happens between two files. */
    private interface Event {
        void happen() throws SQLException;
    }

    private BiConsumer<String, InputStream> storing(Event event) {
        Path target = other.resolve("data/postgres");
        return (name, content) -> {
            try {
                Path place = target.resolve(name);
                Files.createDirectories(name.endsWith("/") ? place : place.getParent());
                if (!name.endsWith("/")) {
                    Files.copy(content, place);
                }
                names.add(name);
                last = name;
                event.happen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException("The event failed", e);
            }
        };
    }

    private String startCopyAndAsk(String question) throws Exception {
        Command.run(
                Duration.ofSeconds(10),
                List.of("chmod", "-R", "go-rwx", other.resolve("data").toString()));
        Files.copy(home.resolve("data/postgres-passwords"), other.resolve("data/postgres-passwords"));
        try (EmbeddedPostgres copy = new EmbeddedPostgres(Servers.settings(other))) {
            return Servers.query(copy.start(), question);
        }
    }
}
