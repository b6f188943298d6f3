// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

/**
 * The statements on shared data. Each that writes is one whole step: who comes second waits for the row, and is judged by
 * what he finds then. Time is {@code clock_timestamp()}, because a statement may have waited since it began; where more
 * than one column depends on it, it is asked once.
 */
final class SharedSql {
    private static final String LIVE = "(d.expires_at IS NULL OR d.expires_at > clock_timestamp())\n";

    /** Tenant, namespace, key. */
    static final String GET = """
            SELECT d.key, d.value, d.version, d.owner_id, d.expires_at, d.revision, r.readers
              FROM mortise.shared_data d
              LEFT JOIN mortise.shared_data_reader r ON r.owner_id = d.owner_id AND r.namespace = d.namespace
             WHERE d.tenant_id = ? AND d.namespace = ? AND d.key = ? AND\s""" + LIVE;

    /** Tenant, namespace, key behind which, prefix three times, owner twice, reader three times, limit, bytes. */
    static final String LIST = """
            SELECT key, value, version, owner_id, expires_at, revision, found
              FROM (SELECT page.*, count(*) OVER () AS found, sum(bytes) OVER (ORDER BY key) - bytes AS before
                      FROM (SELECT d.*
                              FROM mortise.shared_data d
                              LEFT JOIN mortise.shared_data_reader r
                                ON r.owner_id = d.owner_id AND r.namespace = d.namespace
                             WHERE d.tenant_id = ? AND d.namespace = ? AND d.key > ?
                               AND d.key >= ? AND left(d.key, length(?)) = ?
                               AND (CAST(? AS text) IS NULL OR d.owner_id = ?)
                               AND (CAST(? AS text) IS NULL OR d.owner_id = ?
                                    OR r.readers IS NULL OR ? = ANY (r.readers))
                               AND\s""" + LIVE + """
                             ORDER BY d.key LIMIT ?) AS page) AS summed
             WHERE before < ? ORDER BY key
            """;

    private static final String INSERT = """
            INSERT INTO mortise.shared_data AS d
                (tenant_id, namespace, key, owner_id, value, bytes, version, revision, expires_at)
            VALUES (?, ?, ?, ?, CAST(? AS json), ?, 1, nextval('mortise.shared_data_revision'),
                clock_timestamp() + CAST(? AS bigint) * interval '1 microsecond')
            ON CONFLICT (tenant_id, namespace, key) DO UPDATE SET
                owner_id = excluded.owner_id, revision = nextval('mortise.shared_data_revision'),
            """;

    /** Tenant, namespace, key, owner, value, bytes, microseconds to live. */
    static final String SET = INSERT + """
                value = excluded.value, bytes = excluded.bytes, expires_at = excluded.expires_at,
                version = CASE WHEN d.expires_at <= clock_timestamp() THEN 1 ELSE d.version + 1 END
             WHERE d.owner_id = excluded.owner_id OR d.expires_at <= clock_timestamp()
            RETURNING d.version
            """;

    /** Tenant, namespace, key, owner, value, bytes, microseconds to live. */
    static final String CREATE = INSERT + """
                value = excluded.value, bytes = excluded.bytes, expires_at = excluded.expires_at, version = 1
             WHERE d.expires_at <= clock_timestamp()
            RETURNING d.version
            """;

    /** Tenant, namespace, key, owner, amount, bytes, microseconds to live. */
    static final String INCREMENT = INSERT + """
                bytes = excluded.bytes,
                (value, version, expires_at) = (
                    SELECT CASE WHEN at.gone THEN excluded.value
                                ELSE to_json(CAST(CAST(d.value AS text) AS bigint)
                                             + CAST(CAST(excluded.value AS text) AS bigint)) END,
                           CASE WHEN at.gone THEN 1 ELSE d.version + 1 END,
                           CASE WHEN at.gone THEN excluded.expires_at ELSE d.expires_at END
                      FROM (SELECT coalesce(d.expires_at <= clock_timestamp(), false) AS gone OFFSET 0) AS at)
             WHERE d.owner_id = excluded.owner_id OR d.expires_at <= clock_timestamp()
            RETURNING d.version, d.value
            """;

    /** Value, bytes, microseconds to live, tenant, namespace, key, owner, version. */
    static final String REPLACE = """
            UPDATE mortise.shared_data d
               SET value = CAST(? AS json), bytes = ?, version = d.version + 1,
                   revision = nextval('mortise.shared_data_revision'),
                   expires_at = clock_timestamp() + CAST(? AS bigint) * interval '1 microsecond'
             WHERE d.tenant_id = ? AND d.namespace = ? AND d.key = ? AND d.owner_id = ? AND d.version = ? AND\s""" + LIVE + "RETURNING d.version";

    /** Tenant, namespace, key, owner twice. */
    static final String DELETE = """
            DELETE FROM mortise.shared_data d
             WHERE d.tenant_id = ? AND d.namespace = ? AND d.key = ?
               AND (CAST(? AS text) IS NULL OR d.owner_id = ?) AND\s""" + LIVE + "RETURNING d.version";

    /** Tenant, namespace, owner twice, tenant, namespace. In the order of the keys, so that two of these never cross. */
    static final String CLEAR = """
            DELETE FROM mortise.shared_data d
             USING (SELECT key FROM mortise.shared_data
                     WHERE tenant_id = ? AND namespace = ? AND (CAST(? AS text) IS NULL OR owner_id = ?)
                     ORDER BY key FOR UPDATE) AS gone
             WHERE d.tenant_id = ? AND d.namespace = ? AND d.key = gone.key
            RETURNING\s""" + LIVE;

    /** Tenant, namespace, key. */
    static final String LOOK = """
            SELECT d.owner_id, d.version FROM mortise.shared_data d
             WHERE d.tenant_id = ? AND d.namespace = ? AND d.key = ? AND\s""" + LIVE;

    /** Tenant, namespace, keys twice. A row knows the transaction that wrote it, the snapshot those that were under way. */
    static final String WATCHED = """
            SELECT d.key, d.version, d.revision, d.owner_id, r.readers,
                   d.xmin, pg_snapshot_xmin(s.now), pg_snapshot_xmax(s.now)
              FROM pg_current_snapshot() s (now)
             CROSS JOIN mortise.shared_data d
              LEFT JOIN mortise.shared_data_reader r ON r.owner_id = d.owner_id AND r.namespace = d.namespace
             WHERE d.tenant_id = ? AND d.namespace = ? AND (CAST(? AS text[]) IS NULL OR d.key = ANY (?)) AND\s""" + LIVE;

    /** Tenant, owner. */
    static final String USAGE = """
            SELECT count(*), coalesce(sum(d.bytes), 0) FROM mortise.shared_data d
             WHERE d.tenant_id = ? AND d.owner_id = ? AND\s""" + LIVE;

    /** Tenant, owner. Until the end of the transaction nobody else who holds this too adds to them. */
    static final String HOLD_USAGE = """
            SELECT pg_advisory_xact_lock(hashtextextended('mortise shared data ' || ? || ' ' || ?, 0))
            """;

    /** Milliseconds until the next turn. */
    static final String TAKE_TURN = """
            UPDATE mortise.shared_data_sweep SET next_at = clock_timestamp() + ? * interval '1 millisecond'
             WHERE next_at <= clock_timestamp()
            """;

    /** Rows. Here time is that of the statement's begin, which an index can be asked for. */
    static final String SWEEP = """
            DELETE FROM mortise.shared_data WHERE (tenant_id, namespace, key) IN (
                SELECT tenant_id, namespace, key FROM mortise.shared_data
                 WHERE expires_at <= now() ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)
            """;

    /** No values. */
    static final String OWNERS = """
            SELECT d.owner_id, count(*), sum(d.bytes) FROM mortise.shared_data d WHERE\s""" + LIVE + "GROUP BY d.owner_id";

    private SharedSql() {}
}
