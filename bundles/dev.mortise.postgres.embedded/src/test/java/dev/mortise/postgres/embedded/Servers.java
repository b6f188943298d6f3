// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import dev.mortise.kernel.port.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** What the tests of the server share. */
final class Servers {
    /** The programs are unpacked once for all tests. */
    static final Path CACHE = Path.of("target/postgres-bin").toAbsolutePath();

    private Servers() {}

    static ServerSettings settings(Path home) {
        return ServerSettings.in(home.resolve("data"), CACHE);
    }

    /** Gives the home a cluster that was made once for all tests: faster than making one each time. */
    static synchronized void copyCluster(Path home) throws IOException, InterruptedException {
        Path template = Path.of("target/template").toAbsolutePath();
        if (!Files.isDirectory(template.resolve("data/postgres"))) {
            try (EmbeddedPostgres first = new EmbeddedPostgres(settings(template))) {
                first.start();
            }
        }
        Command.run(
                Duration.ofMinutes(1),
                List.of(
                        "cp",
                        "-a",
                        template.resolve("data").toString(),
                        home.resolve("data").toString()));
    }

    static Connection connect(DatabaseServer server) throws SQLException {
        return connect(server.url(), server.user(), server.password().orElseThrow());
    }

    static Connection connectAsSuperuser(DatabaseServer server, Path home) throws IOException, SQLException {
        return connect(
                server.url(),
                "postgres",
                Passwords.read(home.resolve("data/postgres-passwords")).superuser());
    }

    static Connection connect(String url, String user, String password) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source.getConnection();
    }

    static String query(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            return query(connection, sql);
        }
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static void execute(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static ServerProcesses processes(Path home) throws IOException {
        return new ServerProcesses(home.resolve("data/postgres").toRealPath());
    }

    static ProcessHandle postmaster(Path home) throws IOException {
        String pid = Files.readString(home.resolve("data/postgres/postmaster.pid"))
                .lines()
                .findFirst()
                .orElseThrow();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
