// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The server of a container's database in the hands of somebody who may do anything to it. */
record Postmaster(Path home) {
    static Postmaster of(Container container) {
        return new Postmaster(container.home());
    }

    /** Sends a signal to the first process of the server. */
    void signal(String signal) throws IOException, InterruptedException {
        kill(List.of("kill", "-" + signal, pid()));
    }

    /** Sends a signal to all processes of the server. */
    void signalAll(String signal) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal, pid()));
        ProcessHandle.of(Long.parseLong(pid()))
                .orElseThrow()
                .children()
                .forEach(child -> command.add("" + child.pid()));
        kill(command);
    }

    /** Connects as the superuser. */
    Connection connect() throws SQLException, IOException {
        return connect("postgres", 0);
    }

    /** Connects as the user that the container works as. */
    Connection connectAsCore() throws SQLException, IOException {
        return connect("mortise", 1);
    }

    /** Runs a statement as the superuser. */
    void execute(String sql) throws SQLException, IOException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends all connections of the roles that match, and waits until they are gone. */
    void disconnect(String roles) throws SQLException, IOException {
        execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename ~ '" + roles + "'");
    }

    private Connection connect(String user, int line) throws SQLException, IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(new EmbeddedDatabase(home.resolve("data")).url());
        source.setUser(user);
        source.setPassword(password(line));
        return source.getConnection();
    }

    /** Answers a password of the server: 0 is the superuser's, 1 the container's. */
    String password(int line) throws IOException {
        return Files.readAllLines(home.resolve("data/postgres-passwords")).get(line);
    }

    private String pid() throws IOException {
        return Files.readAllLines(home.resolve("data/postgres/postmaster.pid")).get(0);
    }

    /** Runs a command that sends a signal. */
    static void kill(List<String> command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
