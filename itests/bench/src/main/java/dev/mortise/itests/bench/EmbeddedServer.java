// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The way to the database of a running container, as the core has it.
 *
 * @param url of JDBC
 */
public record EmbeddedServer(String url, String user, String password) {
    /** Reads the way from the home of the container. */
    public static EmbeddedServer of(Path home) throws IOException {
        String port = Files.readAllLines(home.resolve("data/postgres/postmaster.pid"))
                .get(3)
                .strip();
        String password =
                Files.readAllLines(home.resolve("data/postgres-passwords")).get(1);
        return new EmbeddedServer("jdbc:postgresql://127.0.0.1:" + port + "/mortise", "mortise", password);
    }

    /** Opens a connection; whoever asks closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return url;
    }
}
