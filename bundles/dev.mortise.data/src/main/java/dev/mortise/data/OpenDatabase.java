// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** The opened database as a service; made by {@link DatabaseKeeper}. */
@Component(
        service = OpenDatabase.class,
        factory = OpenDatabase.FACTORY,
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class OpenDatabase {
    static final String FACTORY = "dev.mortise.data.database";

    /** The private property (it starts with a dot, so it is no service property) that carries the database. */
    static final String DATABASE = ".database";

    private final PooledDatabase database;

    /** Takes the database from the properties that the factory was given. */
    @Activate
    public OpenDatabase(Map<String, Object> properties) {
        if (!(properties.get(DATABASE) instanceof PooledDatabase open)) {
            throw new IllegalStateException("This component is made by DatabaseKeeper, with an open database.");
        }
        database = open;
    }

    PooledDatabase opened() {
        return database;
    }
}
