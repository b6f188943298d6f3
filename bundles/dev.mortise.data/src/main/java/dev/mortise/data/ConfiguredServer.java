// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes the server of {@code etc/db.properties}, when there is one; then the embedded server stays off. */
@Component(
        immediate = true,
        service = {},
        configurationPid = "dev.mortise.db")
public final class ConfiguredServer {
    private final Optional<ComponentInstance<DatabaseServer>> published;

    /** Keys of {@code etc/db.properties}. */
    @interface Config {
        /** The JDBC address; empty for the embedded server. */
        String url() default "";

        /** A role with LOGIN and CREATEROLE that owns the database. */
        String user() default "";

        /** Its password. */
        String password() default "";
    }

    /** Publishes at once; whether the server answers is found out by who connects. */
    @Activate
    @SuppressWarnings("JdkObsolete") // a component factory takes a Dictionary
    public ConfiguredServer(
            @Reference(target = "(component.factory=" + ConfiguredDatabase.FACTORY + ")")
                    ComponentFactory<DatabaseServer> databases,
            Config config) {
        if (config.url().isBlank()) {
            published = Optional.empty();
            return;
        }
        if (!config.url().startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("db.url must look like jdbc:postgresql://host:5432/database, not '"
                    + config.url().replaceFirst("[?@].*", "…") + "'.");
        }
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ConfiguredDatabase.URL, config.url());
        properties.put(ConfiguredDatabase.USER, config.user());
        properties.put(ConfiguredDatabase.PASSWORD, config.password());
        published = Optional.of(databases.newInstance(properties));
    }

    /** Takes the server back. */
    @Deactivate
    void stop() {
        published.ifPresent(ComponentInstance::dispose);
    }
}
