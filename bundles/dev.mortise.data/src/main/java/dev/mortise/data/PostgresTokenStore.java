// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.port.TokenStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the core's tokens in table {@code mortise.token}; one that is revoked or has expired stays there for a day, but nobody
 * finds a revoked one. Each process of a plugin gets some every hour, so they would be more and more.
 */
@Component
public final class PostgresTokenStore implements TokenStore {
    private static final String COLUMNS =
            "SELECT id, hash, kind, plugin_id, tenant_id, created_at, expires_at FROM mortise.token";
    private static final String BY_HASH = COLUMNS + " WHERE hash = ? AND revoked_at IS NULL";
    private static final String ALL = COLUMNS + " WHERE revoked_at IS NULL ORDER BY created_at DESC, id";
    private static final String ADD = """
            INSERT INTO mortise.token (id, hash, kind, plugin_id, tenant_id, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String FORGET = """
            DELETE FROM mortise.token WHERE id IN (
                SELECT id FROM mortise.token
                WHERE least(revoked_at, expires_at) < clock_timestamp() - interval '1 day'
                LIMIT 1000)
            """;
    private static final String REVOKE = """
            UPDATE mortise.token SET revoked_at = clock_timestamp() WHERE id = ? AND revoked_at IS NULL
            """;

    private final PooledDatabase database;
    private final HikariDataSource lookups;

    /** Works on the open database. */
    @Activate
    public PostgresTokenStore(@Reference OpenDatabase database) {
        this(database.opened());
    }

    PostgresTokenStore(PooledDatabase database) {
        this.database = database;
        this.lookups = database.pools().lookups(database.connector().lookups());
    }

    /** Closes the connections for lookups. */
    @Deactivate
    void close() {
        lookups.close();
    }

    @Override
    public Clock clock() {
        return database.clock();
    }

    @Override
    public void add(StoredToken token) {
        database.call("a token is being stored", connection -> {
            Sql.update(connection, FORGET);
            return Sql.update(
                    connection,
                    ADD,
                    token.id(),
                    token.hash(),
                    token.kind(),
                    token.plugin().orElse(null),
                    token.tenant().orElse(null),
                    time(token.createdAt()),
                    token.expiresAt().map(PostgresTokenStore::time).orElse(null));
        });
    }

    @Override
    public Optional<StoredToken> byHash(String hash) {
        // through a pool of their own: every call waits for this, and must hear soon that the database hangs
        try (Connection connection = lookups.getConnection()) {
            return Sql.first(connection, PostgresTokenStore::token, BY_HASH, hash);
        } catch (SQLException e) {
            throw DatabaseFault.of("a token is being looked up", e);
        }
    }

    @Override
    public List<StoredToken> all() {
        return database.call(
                "the tokens are being read", connection -> Sql.list(connection, PostgresTokenStore::token, ALL));
    }

    @Override
    public boolean revoke(String id) {
        return database.call("a token is being revoked", connection -> Sql.update(connection, REVOKE, id) == 1);
    }

    private static StoredToken token(ResultSet row) throws SQLException {
        return new StoredToken(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                instant(row.getObject(7, OffsetDateTime.class)));
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
