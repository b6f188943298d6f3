// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.call.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tokens in a table. A token is found by its hash, so that time tells nothing of its text. */
record PostgresTokens(Database database) implements Tokens {
    private static final String COLUMNS =
            "id, name, token_prefix, permissions, created_at, created_by, last_used_at, expires_at";
    private static final String ADD = """
            INSERT INTO p_worker_token__tokens
                (tenant_id, name, token_prefix, token_hash, permissions, created_by, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?::timestamptz)
            ON CONFLICT DO NOTHING
            RETURNING\s""" + COLUMNS;
    private static final String OF_TENANT =
            "SELECT " + COLUMNS + " FROM p_worker_token__tokens WHERE tenant_id = ? AND revoked_at IS NULL";
    private static final String LIST = OF_TENANT + " ORDER BY created_at DESC, id";
    private static final String FIND = OF_TENANT + " AND id = ?";
    private static final String REVOKE = """
            UPDATE p_worker_token__tokens SET revoked_at = now()
            WHERE tenant_id = ? AND revoked_at IS NULL AND id = ?
            """;
    private static final String BY_HASH = """
            SELECT id, tenant_id, token_hash, permissions, last_used_at, expires_at
            FROM p_worker_token__tokens WHERE token_hash = ? AND revoked_at IS NULL
            """;
    private static final String TOUCH = "UPDATE p_worker_token__tokens SET last_used_at = now() WHERE id = ?";

    @Override
    public Optional<Token> add(TenantId tenant, NewToken order, TokenText text) {
        return database.first(
                ADD,
                PostgresTokens::token,
                tenant.value(),
                order.name(),
                text.prefix(),
                text.hash(),
                order.permissions().toArray(String[]::new),
                order.createdBy(),
                order.expiresAt().map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null));
    }

    @Override
    public List<Token> list(TenantId tenant) {
        return database.query(LIST, PostgresTokens::token, tenant.value());
    }

    @Override
    public Optional<Token> find(TenantId tenant, UUID id) {
        return database.first(FIND, PostgresTokens::token, tenant.value(), id);
    }

    @Override
    public boolean revoke(TenantId tenant, UUID id) {
        return database.change(REVOKE, tenant.value(), id) == 1;
    }

    @Override
    public Optional<KnownToken> byHash(String hash) {
        return database.first(BY_HASH, PostgresTokens::known, hash);
    }

    @Override
    public void touch(UUID id) {
        database.change(TOUCH, id);
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("token_prefix"),
                List.of(texts(row)),
                instant(row, "created_at").orElseThrow(),
                row.getString("created_by"),
                instant(row, "last_used_at"),
                instant(row, "expires_at"));
    }

    private static KnownToken known(ResultSet row) throws SQLException {
        return new KnownToken(
                row.getObject("id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getString("token_hash"),
                Set.copyOf(List.of(texts(row))),
                instant(row, "last_used_at"),
                instant(row, "expires_at"));
    }

    private static String[] texts(ResultSet row) throws SQLException {
        return (String[]) row.getArray("permissions").getArray();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
