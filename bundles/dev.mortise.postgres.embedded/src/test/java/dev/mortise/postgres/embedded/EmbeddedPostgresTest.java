// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.port.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path home;

    @Test
    void keepsDataAcrossRestarts() throws Exception {
        try (EmbeddedPostgres first = new EmbeddedPostgres(Servers.settings(home))) {
            Servers.execute(first.start(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (EmbeddedPostgres second = new EmbeddedPostgres(Servers.settings(home))) {
            assertThat(Servers.query(second.start(), "SELECT answer FROM kept")).isEqualTo("42");
        }
        assertThat(Servers.processes(home).find()).isEmpty();
    }

    @Test
    void refusesDataOfAnotherMajorNamingBoth() throws Exception {
        Path cluster = Files.createDirectories(home.resolve("data/postgres"));
        Files.writeString(cluster.resolve("PG_VERSION"), "17\n");

        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
            assertThatThrownBy(postgres::start)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll(cluster.toString(), "PostgreSQL 17,", "brings PostgreSQL 18.");
        }
    }

    @Test
    void refusesAFolderThatIsNoDataDirectory() throws Exception {
        Files.createDirectories(home.resolve("data/postgres"));

        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
            assertThatThrownBy(postgres::start)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("PG_VERSION is missing");
        }
    }

    @Test
    void makesNewPasswordsWhenTheirFileIsLost() throws Exception {
        try (EmbeddedPostgres first = new EmbeddedPostgres(Servers.settings(home))) {
            first.start();
        }
        Files.delete(home.resolve("data/postgres-passwords"));

        try (EmbeddedPostgres second = new EmbeddedPostgres(Servers.settings(home))) {
            assertThat(Servers.query(second.start(), "SELECT current_user")).isEqualTo("mortise");
        }
    }

    @Test
    void leavesNothingOfAFirstStartThatDied() throws Exception {
        Path leftover = Files.createDirectories(home.resolve("data/.postgres-new-1/cluster/base"));

        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
            postgres.start();

            assertThat(leftover).doesNotExist();
            assertThat(home.resolve("data"))
                    .isDirectoryNotContaining(
                            path -> path.getFileName().toString().startsWith(".postgres-new"));
        }
    }

    @Nested
    class WhileItRuns {
        @BeforeEach
        void copyACluster() throws Exception {
            Servers.copyCluster(home);
        }

        @Test
        void isClosedToOthers() throws Exception {
            try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
                DatabaseServer server = postgres.start();

                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.resolve("data/postgres-passwords"))))
                        .isEqualTo("rw-------");
                assertThat(Servers.query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
                try (Connection superuser = Servers.connectAsSuperuser(server, home)) {
                    assertThat(Servers.query(superuser, "SHOW unix_socket_directories"))
                            .isEmpty();
                }
                assertThat(Servers.query(server, "SHOW fsync")).isEqualTo("on");
                assertThatThrownBy(() -> Servers.connect(server.url(), "mortise", "wrong"))
                        .hasMessageContaining("password authentication failed");
            }
        }

        @Test
        void givesTheCoreUserItsDatabaseAndNoMore() throws Exception {
            try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
                DatabaseServer server = postgres.start();

                assertThat(Servers.query(
                                server,
                                "SELECT concat_ws(' ', rolsuper, rolbypassrls, rolcreatedb, rolreplication, rolcreaterole)"
                                        + " FROM pg_roles WHERE rolname = current_user"))
                        .isEqualTo("f f f f t");
                assertThat(Servers.query(
                                server,
                                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
                        .isEqualTo("mortise");
            }
        }

        @Test
        void refusesASecondContainerInTheSameHome() throws Exception {
            try (EmbeddedPostgres first = new EmbeddedPostgres(Servers.settings(home));
                    EmbeddedPostgres second = new EmbeddedPostgres(Servers.settings(home))) {
                DatabaseServer server = first.start();

                assertThatThrownBy(second::start).isInstanceOf(Refusal.class).hasMessageContaining("Another Mortise");
                assertThat(Servers.query(server, "SELECT 1")).isEqualTo("1");
            }
        }

        @Test
        void saysThatItEndedWhenThePostmasterIsKilled() throws Exception {
            try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home))) {
                DatabaseServer server = postgres.start();
                Servers.execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");

                Servers.postmaster(home).destroyForcibly();

                assertThat(postgres.awaitEnd()).isNotZero();
                DatabaseServer again = postgres.start();
                assertThat(again.url()).isEqualTo(server.url());
                assertThat(Servers.query(again, "SELECT answer FROM kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void namesWhatItTriedWhenNoAccountWorks() throws Exception {
        Account failing = new Account("unshare", List.of("false"), false, Optional.empty());
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home), user -> List.of(failing))) {
            assertThatThrownBy(postgres::start).isInstanceOf(Refusal.class).hasMessageContaining("Tried unshare:");
        }
    }
}
