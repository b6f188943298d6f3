// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.LauncherExit;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Opens the database of whichever server is there, publishes it, and says how it stands. */
@Component(immediate = true, configurationPid = DataConfig.PID)
public final class DatabaseKeeper implements HealthSource {
    private final ComponentFactory<OpenDatabase> databases;
    private final DataConfig config;
    private final Optional<BiConsumer<Integer, String>> exit;
    private final AtomicReference<@Nullable Opening> current = new AtomicReference<>();

    /** Waits for a server. */
    @Activate
    public DatabaseKeeper(
            @Reference(target = "(component.factory=" + OpenDatabase.FACTORY + ")")
                    ComponentFactory<OpenDatabase> databases,
            DataConfig config,
            @Reference(target = LauncherExit.TARGET, cardinality = ReferenceCardinality.OPTIONAL)
                    Optional<BiConsumer<Integer, String>> exit) {
        this.databases = databases;
        this.config = config;
        this.exit = exit;
    }

    /** Opens the server's database in the background. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindServer(DatabaseServer server) {
        CoreSchema schema = new CoreSchema(SchemaVersion.all(), config.mortise_version());
        Opening opening = new Opening(
                new Connector(server, DataConfig.Reader.limits(config)),
                schema,
                Path.of(config.mortise_home()).resolve("data/db-key"),
                new Registration(databases, exit));
        replace(opening);
        opening.begin();
    }

    /** Closes the server's database. */
    void unbindServer(DatabaseServer server) {
        Opening opening = current.get();
        if (opening != null && opening.of(server)) {
            replace(null);
        }
    }

    /** Closes the database. */
    @Deactivate
    void stop() {
        replace(null);
    }

    @Override
    public Line check() {
        Opening opening = current.get();
        return opening == null
                ? new Line("database", Status.DOWN, "There is no database server yet.")
                : opening.health();
    }

    private void replace(@Nullable Opening next) {
        Opening before = current.getAndSet(next);
        if (before != null) {
            before.close();
        }
    }

    /** Publishes through declarative services, on the opening's thread. */
    private static final class Registration implements Opening.Publication {
        private final ComponentFactory<OpenDatabase> databases;
        private final Optional<BiConsumer<Integer, String>> exit;
        private final AtomicReference<@Nullable ComponentInstance<OpenDatabase>> instance = new AtomicReference<>();

        Registration(ComponentFactory<OpenDatabase> databases, Optional<BiConsumer<Integer, String>> exit) {
            this.databases = databases;
            this.exit = exit;
        }

        @Override
        @SuppressWarnings("JdkObsolete") // a component factory takes a Dictionary
        public void publish(PooledDatabase database) {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(OpenDatabase.DATABASE, database);
            instance.set(databases.newInstance(properties));
        }

        @Override
        public void withdraw() {
            ComponentInstance<OpenDatabase> published = instance.getAndSet(null);
            if (published != null) {
                published.dispose();
            }
        }

        @Override
        public void refused(String reason) {
            exit.ifPresent(end -> end.accept(LauncherExit.DATABASE, reason));
        }
    }
}
