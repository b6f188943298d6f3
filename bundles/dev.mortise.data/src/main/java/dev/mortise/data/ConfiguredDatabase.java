// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** A configured server as a service; made by {@link ConfiguredServer}. */
@Component(
        service = DatabaseServer.class,
        factory = ConfiguredDatabase.FACTORY,
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class ConfiguredDatabase implements DatabaseServer {
    static final String FACTORY = "dev.mortise.data.configured";

    // private properties start with a dot: they are no service properties
    static final String URL = ".url";
    static final String USER = ".user";
    static final String PASSWORD = ".password";

    private final Map<String, Object> properties;

    /** Takes the server from the properties that the factory was given. */
    @Activate
    public ConfiguredDatabase(Map<String, Object> properties) {
        this.properties = properties;
    }

    @Override
    public String url() {
        return String.valueOf(properties.get(URL));
    }

    @Override
    public String user() {
        return String.valueOf(properties.get(USER));
    }

    @Override
    public Optional<String> password() {
        return Optional.of(String.valueOf(properties.get(PASSWORD))).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return user() + " at a configured server";
    }
}
