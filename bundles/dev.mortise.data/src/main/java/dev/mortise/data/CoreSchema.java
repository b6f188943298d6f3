// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema {@code mortise} up to this release: in one transaction, by one container at a time. */
final class CoreSchema {
    private static final Logger LOG = LoggerFactory.getLogger(CoreSchema.class);

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('mortise core schema', 0))";
    private static final String EXISTS = "SELECT to_regclass('mortise._core_migrations') IS NOT NULL";
    private static final String FIRST = """
            CREATE SCHEMA mortise;
            CREATE TABLE mortise._core_migrations (
                version int PRIMARY KEY,
                description text NOT NULL,
                checksum text NOT NULL,
                mortise_version text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
            )
            """;
    private static final String APPLIED = """
            SELECT version, checksum, mortise_version FROM mortise._core_migrations ORDER BY version
            """;
    private static final String RECORD = """
            INSERT INTO mortise._core_migrations (version, description, checksum, mortise_version) VALUES (?, ?, ?, ?)
            """;

    private final List<SchemaVersion> known;
    private final String mortiseVersion;

    CoreSchema(List<SchemaVersion> known, String mortiseVersion) {
        this.known = List.copyOf(known);
        this.mortiseVersion = mortiseVersion;
    }

    private record Applied(int version, String checksum, String by) {}

    /** Answers the version that the schema now has. The connection is left in auto-commit mode. */
    int migrate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Sql.execute(connection, LOCK);
            if (!Sql.text(connection, EXISTS).equals("t")) {
                Sql.execute(connection, FIRST);
            }
            apply(
                    connection,
                    Sql.list(
                            connection,
                            row -> new Applied(row.getInt(1), row.getString(2), row.getString(3)),
                            APPLIED));
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return newest();
    }

    private void apply(Connection connection, List<Applied> applied) throws SQLException {
        refuseNewer(applied);
        for (SchemaVersion version : known) {
            Optional<Applied> before =
                    applied.stream().filter(a -> a.version == version.version()).findFirst();
            if (before.isPresent()) {
                refuseOther(version, before.get());
            } else {
                run(connection, version);
            }
        }
    }

    private void run(Connection connection, SchemaVersion version) throws SQLException {
        Sql.execute(connection, version.script());
        Sql.update(connection, RECORD, version.version(), version.description(), version.checksum(), mortiseVersion);
        LOG.info("schema=mortise version {} ({}) applied", version.version(), version.description());
    }

    private void refuseNewer(List<Applied> applied) {
        for (Applied one : applied) {
            if (one.version > newest()) {
                throw new Refusal("The database has version " + one.version + " of schema 'mortise', made by Mortise "
                        + one.by + ". This is Mortise " + mortiseVersion + ", which knows versions up to " + newest()
                        + ". Start Mortise " + one.by + " or newer.");
            }
        }
    }

    private void refuseOther(SchemaVersion version, Applied applied) {
        if (!applied.checksum.equals(version.checksum())) {
            throw new Refusal("Version " + version.version() + " of schema 'mortise' in the database, made by Mortise "
                    + applied.by + ", is not the one that Mortise " + mortiseVersion
                    + " brings. Start the release that made it.");
        }
    }

    private int newest() {
        return known.get(known.size() - 1).version();
    }
}
