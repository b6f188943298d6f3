// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.SecretKeyNames;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps names of keys in table {@code mortise.meta}, a row for each. */
@Component
public final class PostgresSecretKeyNames implements SecretKeyNames {
    private static final String PREFIX = "secrets_key ";
    private static final String KNOWN = "SELECT substr(key, length(?) + 1) FROM mortise.meta WHERE starts_with(key, ?)";
    private static final String REMEMBER =
            "INSERT INTO mortise.meta (key, value) VALUES (?, clock_timestamp()::text) ON CONFLICT DO NOTHING";
    private static final String FORGET = "DELETE FROM mortise.meta WHERE key = ANY (?)";

    private final PooledDatabase database;

    /** Made by DS. */
    @Activate
    public PostgresSecretKeyNames(@Reference OpenDatabase database) {
        this(database.opened());
    }

    PostgresSecretKeyNames(PooledDatabase database) {
        this.database = database;
    }

    @Override
    public Set<String> known() {
        return Set.copyOf(database.call(
                "names of keys are being read",
                connection -> Sql.list(connection, row -> row.getString(1), KNOWN, PREFIX, PREFIX)));
    }

    @Override
    public void remember(String name) {
        database.call("the name of a key is being kept", connection -> Sql.update(connection, REMEMBER, PREFIX + name));
    }

    @Override
    public void forget(Set<String> names) {
        String[] keys = names.stream().map(PREFIX::concat).toArray(String[]::new);
        database.call("names of keys are being dropped", connection -> Sql.update(connection, FORGET, (Object) keys));
    }
}
