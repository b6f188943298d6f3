// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.LauncherExit;
import java.nio.file.Path;
import java.time.Duration;
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

/** Runs the embedded server for as long as the component lives, unless another server is configured. */
@Component(
        immediate = true,
        configurationPid = {"dev.mortise.postgres-embedded", "dev.mortise.db"})
public final class EmbeddedServer implements HealthSource {
    private final Optional<Supervisor> supervisor;

    /** Keys of {@code etc/postgres-embedded.properties}, and the one of {@code etc/db.properties} that turns it off. */
    @interface Config {
        /** The container's home. */
        String mortise_home() default "";

        /** The address of another server: then the embedded one stays off. */
        String url() default "";

        /** The loopback port; 0 takes a free one. */
        int port() default 0;

        /** A folder to unpack the server's programs to; empty is data/postgres-bin in the home. */
        String cache() default "";

        /** An installation of PostgreSQL to use instead of the one in this bundle: the folder above bin. */
        String programs() default "";

        /** The user that the server runs as when Mortise is started by root and user namespaces are not allowed. */
        String account() default "nobody";

        /** Connections that the server allows at once. */
        int max_connections() default 100;

        /** Memory for the server's page cache. */
        String shared_buffers() default "32MB";

        /** Seconds that one start of the server may take. */
        int start_timeout_seconds() default 60;

        /** Seconds that an orderly stop may take before the server is ended by force. */
        int stop_timeout_seconds() default 10;
    }

    /** Starts in the background; the server is published when it accepts connections. */
    @Activate
    public EmbeddedServer(
            @Reference(target = "(component.factory=" + EmbeddedDatabase.FACTORY + ")")
                    ComponentFactory<DatabaseServer> databases,
            Config config,
            @Reference(target = LauncherExit.TARGET, cardinality = ReferenceCardinality.OPTIONAL)
                    Optional<BiConsumer<Integer, String>> exit) {
        supervisor = config.url().isBlank()
                ? Optional.of(new Supervisor(new EmbeddedPostgres(settings(config)), new Registration(databases, exit)))
                : Optional.empty();
        supervisor.ifPresent(Supervisor::begin);
    }

    /** Stops the server. */
    @Deactivate
    public void stop() {
        supervisor.ifPresent(Supervisor::close);
    }

    @Override
    public Line check() {
        return supervisor
                .map(Supervisor::health)
                .orElseGet(() -> new Line("postgres", Status.UP, "The embedded PostgreSQL is off: db.url is set."));
    }

    private static ServerSettings settings(Config config) {
        if (config.mortise_home().isBlank()) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL needs the configuration dev.mortise.postgres-embedded"
                            + " with 'mortise.home'; the launcher makes it.");
        }
        Path data = Path.of(config.mortise_home()).resolve("data");
        return new ServerSettings(
                data,
                Optional.of(config.programs()).filter(text -> !text.isBlank()).map(Path::of),
                config.cache().isBlank() ? data.resolve("postgres-bin") : Path.of(config.cache()),
                config.port(),
                config.max_connections(),
                config.shared_buffers(),
                config.account(),
                Duration.ofSeconds(config.start_timeout_seconds()),
                Duration.ofSeconds(config.stop_timeout_seconds()));
    }

    /** Publishes through declarative services, on the supervisor's thread. */
    private static final class Registration implements Supervisor.Publication {
        private final ComponentFactory<DatabaseServer> databases;
        private final Optional<BiConsumer<Integer, String>> exit;
        private final AtomicReference<@Nullable ComponentInstance<DatabaseServer>> instance = new AtomicReference<>();

        Registration(ComponentFactory<DatabaseServer> databases, Optional<BiConsumer<Integer, String>> exit) {
            this.databases = databases;
            this.exit = exit;
        }

        @Override
        @SuppressWarnings("JdkObsolete") // a component factory takes a Dictionary
        public void publish(DatabaseServer server) {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(EmbeddedDatabase.SERVER, server);
            instance.set(databases.newInstance(properties));
        }

        @Override
        public void withdraw() {
            ComponentInstance<DatabaseServer> published = instance.getAndSet(null);
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
