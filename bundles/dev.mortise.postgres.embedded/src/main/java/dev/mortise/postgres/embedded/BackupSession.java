// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;

/** The superuser's connection that a running server is copied under. What it asked for ends with it. */
final class BackupSession implements AutoCloseable {
    // until the copy ends the server keeps its log back to here, whatever checkpoints come meanwhile
    private static final String KEEP_LOG =
            "SELECT pg_create_physical_replication_slot('mortise_backup_' || pg_backend_pid(), true, true)";
    private static final String BEGIN = "SELECT pg_backup_start('mortise', true)";
    private static final String END = "SELECT pg_walfile_name(lsn), labelfile FROM pg_backup_stop(false)";

    /** A server that does not answer soon hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What it is asked for then makes a checkpoint first. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);

    private final Connection connection;

    private BackupSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * How a copy ended.
     *
     * @param lastSegment the last file of the log that belongs to it
     * @param label what a server that starts from the copy must find in {@code backup_label}
     */
    record End(String lastSegment, String label) {}

    /** Begins a copy at a checkpoint that is made at once. */
    static BackupSession begin(Path data) throws IOException, SQLException {
        return begin(data, PATIENCE);
    }

    static BackupSession begin(Path data, Duration patience) throws IOException, SQLException {
        Connection connection = connect(port(data), Passwords.read(data.resolve("postgres-passwords")), patience);
        BackupSession session = new BackupSession(connection);
        try {
            session.ask(KEEP_LOG);
            session.ask(BEGIN);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** Ends the copy: from now on the log that it needs is complete. */
    End end() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(END)) {
            row.next();
            return new End(row.getString(1), row.getString(2));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void ask(String question) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(question);
        }
    }

    private static String port(Path data) throws IOException {
        Path file = data.resolve("postgres/postmaster.pid");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (lines.size() < 8 || !lines.get(7).strip().equals("ready")) {
            throw new IllegalStateException(
                    "The container runs, but its database does not accept connections. Try again when 'health' says UP.");
        }
        return lines.get(3).strip();
    }

    private static Connection connect(String port, Passwords passwords, Duration patience) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", passwords.superuser());
        properties.setProperty("ApplicationName", "mortise backup");
        properties.setProperty("loginTimeout", Long.toString(patience.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(LONGEST_ANSWER.toSeconds()));
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        // the driver's own types have their home in the bundle of the stores
        for (Driver driver : ServiceLoader.load(Driver.class, BackupSession.class.getClassLoader())) {
            Connection connection = driver.connect(url, properties);
            if (connection != null) {
                return connection;
            }
        }
        throw new IllegalStateException("PostgreSQL's driver is missing beside this bundle.");
    }
}
