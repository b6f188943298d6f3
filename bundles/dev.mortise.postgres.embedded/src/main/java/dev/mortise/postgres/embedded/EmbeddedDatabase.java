// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import dev.mortise.kernel.port.DatabaseServer;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** The running embedded server as a service; made by {@link EmbeddedServer} when it accepts connections. */
@Component(
        service = DatabaseServer.class,
        factory = EmbeddedDatabase.FACTORY,
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class EmbeddedDatabase implements DatabaseServer {
    static final String FACTORY = "dev.mortise.postgres.embedded.database";

    /** The private property (it starts with a dot, so it is no service property) that carries the server. */
    static final String SERVER = ".server";

    private final DatabaseServer server;

    /** Takes the server from the properties that the factory was given. */
    @Activate
    public EmbeddedDatabase(Map<String, Object> properties) {
        Object found = properties.get(SERVER);
        if (!(found instanceof DatabaseServer running)) {
            throw new IllegalStateException("This component is made by EmbeddedServer, with a running server.");
        }
        server = running;
    }

    @Override
    public String url() {
        return server.url();
    }

    @Override
    public String user() {
        return server.user();
    }

    @Override
    public Optional<String> password() {
        return server.password();
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
