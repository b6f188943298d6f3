// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.postgres.embedded.EmbeddedPostgres;
import dev.mortise.postgres.embedded.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A real server for all tests of this run: it is started once and ends with the test's process. */
final class TestServer {
    private static final Path FOLDER = Path.of("target/postgres").toAbsolutePath();
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql/15");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final DatabaseServer server;
    private final String superuserPassword;

    private TestServer(String name, UnaryOperator<ServerSettings> more) {
        try {
            Path home = Files.createTempDirectory(place(), "mortise-test-" + name + "-");
            EmbeddedPostgres postgres =
                    new EmbeddedPostgres(more.apply(ServerSettings.in(home.resolve("data"), FOLDER.resolve("bin"))));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(postgres, home)));
            server = postgres.start();
            superuserPassword =
                    Files.readAllLines(home.resolve("data/postgres-passwords")).get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** In memory where that is possible: tests make many databases, and none of them must survive. */
    private static Path place() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? memory : Files.createDirectories(FOLDER);
    }

    private static void end(EmbeddedPostgres postgres, Path home) {
        postgres.close();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Embedded {
        static final TestServer SERVER = new TestServer("18", settings -> settings);
    }

    private static final class Debian {
        static final TestServer SERVER = new TestServer("15", settings -> settings.withPrograms(DEBIAN));
    }

    /** Answers the server that Mortise brings. */
    static TestServer embedded() {
        return Embedded.SERVER;
    }

    /** Answers Debian's PostgreSQL 15, where it is installed. */
    static Optional<TestServer> debian() {
        return Files.isExecutable(DEBIAN.resolve("bin/postgres")) ? Optional.of(Debian.SERVER) : Optional.empty();
    }

    /** Makes an empty database that belongs to a core user who is no superuser. */
    DatabaseServer fresh() throws SQLException {
        String name = "test" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (Connection connection = superuser(server.url())) {
            Sql.execute(connection, "CREATE DATABASE " + name + " OWNER mortise");
        }
        String url = server.url().replaceFirst("/mortise$", "/" + name);
        return new Address(url, server.user(), server.password());
    }

    /** Drops a database that is no longer needed. */
    void drop(DatabaseServer database) throws SQLException {
        try (Connection connection = superuser(server.url())) {
            Sql.execute(connection, "DROP DATABASE " + database.url().replaceFirst(".*/", "") + " WITH (FORCE)");
        }
    }

    /** Connects as superuser, for what a test must do that Mortise can't. */
    Connection superuser(String url) throws SQLException {
        return connect(url, "postgres", superuserPassword);
    }

    static Connection connect(DatabaseServer server) throws SQLException {
        return connect(server.url(), server.user(), server.password().orElse(""));
    }

    static Connection connect(String url, String user, String password) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source.getConnection();
    }

    /** Where a database is. */
    record Address(String url, String user, Optional<String> password) implements DatabaseServer {}
}
