// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Tells whether a plugin's schema holds functions of the plugin's own. What these do in a session, as triggers, defaults or
 * by name, no text of a statement tells: where there is one, sessions are reset at every return. Found once, it stays so;
 * until then the catalog is asked every two seconds, for another version may bring the first one. One for each pool.
 */
final class OwnFunctions {
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final String ANY = """
            SELECT EXISTS (
                SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                 WHERE n.nspname = ?)
            """;

    private final String schema;
    private volatile boolean known;
    private volatile long asked = System.nanoTime() - EVERY.toNanos();

    OwnFunctions(String schema) {
        this.schema = schema;
    }

    /** Tells whether there is one, as far as is known. */
    boolean known() {
        return known;
    }

    /** Tells whether there is one; asks on the session, outside of any transaction, when that is due. */
    boolean known(Session session) throws SQLException {
        long now = System.nanoTime();
        if (!known && now - asked >= EVERY.toNanos()) {
            known = session.holds(ANY, schema);
            asked = now;
        }
        return known;
    }
}
