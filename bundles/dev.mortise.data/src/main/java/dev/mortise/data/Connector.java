// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes sources of plain connections to the database: with timeouts on both sides, and never through DriverManager, which
 * loses the driver when its bundle is restarted.
 */
record Connector(DatabaseServer server, Limits limits) {
    /** A connection may be silent a little longer than the server's own limit, which gives the better message. */
    private static final Duration NETWORK = Duration.ofSeconds(10);

    /** The core user's connections. */
    DataSource core() {
        return terse(source(
                server.user(),
                server.password().orElse(""),
                options(limits.statement()),
                limits.statement().plus(NETWORK)));
    }

    /** The core user's connections for what every call waits for: one that hangs is given up soon. */
    DataSource lookups() {
        Duration patience = limits.lookups().patience();
        return terse(source(server.user(), server.password().orElse(""), options(patience), patience.plusSeconds(1)));
    }

    /** A plugin's connections: whatever it says unqualified is in its own schema. */
    DataSource app(String role, String password, String schema) {
        return source(
                role,
                password,
                searchPath(schema) + options(limits.statement()),
                limits.statement().plus(NETWORK));
    }

    /** The core user's connections for what takes as long as a migration. */
    DataSource patient() {
        MigrationLimits migrations = limits.migrations();
        return terse(source(
                server.user(),
                server.password().orElse(""),
                options(migrations.script(), migrations.lock()),
                migrations.script().plus(NETWORK)));
    }

    /** Connections that run migrations. */
    DataSource owner(String role, String password, String schema) {
        MigrationLimits longest = limits.migrations();
        return source(
                role,
                password,
                searchPath(schema) + options(longest.script(), longest.lock()),
                longest.longest().plus(NETWORK));
    }

    private static String searchPath(String schema) {
        return "-c search_path=" + schema + " ";
    }

    private String options(Duration statement) {
        return options(statement, limits.lock());
    }

    private String options(Duration statement, Duration lock) {
        // the server looks every second whether the client is still there: what a dead container holds is free soon
        return ("-c statement_timeout=%d -c lock_timeout=%d -c idle_in_transaction_session_timeout=%d"
                        + " -c client_connection_check_interval=1000")
                .formatted(
                        statement.toMillis(),
                        lock.toMillis(),
                        limits.idleTransaction().toMillis());
    }

    /** What the server adds to a fault quotes rows and values, which are nobody's business in a log. */
    private static PGSimpleDataSource terse(PGSimpleDataSource source) {
        source.setLogServerErrorDetail(false);
        return source;
    }

    private PGSimpleDataSource source(String user, String password, String options, Duration silence) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(user);
        source.setPassword(password);
        source.setOptions(options);
        source.setApplicationName("mortise");
        // the driver then says all it has to say at connecting, in one message; older servers are refused anyway
        source.setAssumeMinServerVersion("15");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(seconds(limits.connectTimeout()));
        source.setLoginTimeout(seconds(limits.connectTimeout()));
        source.setSocketTimeout(seconds(silence));
        return source;
    }

    private static int seconds(Duration duration) {
        return Math.max(1, Math.toIntExact(duration.toSeconds()));
    }
}
