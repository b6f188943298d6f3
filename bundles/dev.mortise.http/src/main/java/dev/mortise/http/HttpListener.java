// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.kernel.port.Entrance;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.HttpGateway;
import dev.mortise.kernel.port.LauncherExit;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens from the moment it is activated, with or without a gateway behind it, until it is deactivated; nothing in
 * between closes the port.
 */
@Component(
        immediate = true,
        service = {HealthSource.class, Entrance.class},
        configurationPid = HttpListener.PID)
public final class HttpListener implements HealthSource, Entrance {
    static final String PID = "dev.mortise.http";

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    private final GatewaySlot gateway = new GatewaySlot();
    private volatile HttpSettings settings;
    private final Optional<JettyServer> server;
    private final Optional<Announcement> announcement;
    private volatile Line line;

    /** Keys of {@code http.properties}, each one documented there. */
    public @interface Config {
        String host() default "127.0.0.1";

        int port() default 8080;

        int threads() default 200;

        int accept_queue() default 4096;

        int header_max_kb() default 16;

        int header_max_fields() default 200;

        int answer_header_max_kb() default 16;

        int header_timeout_seconds() default 10;

        int idle_timeout_seconds() default 30;

        int body_max_mb() default 10;

        int body_min_bytes_per_second() default 500;

        int gzip_level() default 5;

        int gzip_min_bytes() default 1024;

        int gzip_max_mb() default 16;

        int linger_seconds() default 2;

        int linger_max_mb() default 32;

        int stop_timeout_seconds() default 20;

        String mortise_home() default "";
    }

    /** Opens the port; when it can't be had the container ends, or, without a launcher, the health says why. */
    @Activate
    public HttpListener(
            Config config,
            @Reference(target = LauncherExit.TARGET, cardinality = ReferenceCardinality.OPTIONAL)
                    Optional<BiConsumer<Integer, String>> exit) {
        settings = HttpSettings.of(config);
        JettyServer candidate = new JettyServer(settings, gateway);
        Optional<String> refusal = open(candidate);
        server = refusal.isPresent() ? Optional.empty() : Optional.of(candidate);
        announcement = server.flatMap(running -> announced(running, settings));
        refusal.ifPresent(reason -> exit.ifPresent(end -> end.accept(LauncherExit.IN_USE, reason)));
        line = refusal.map(reason -> new Line("http", Status.DOWN, reason))
                .orElseGet(() -> new Line("http", Status.UP, "Listening on " + candidate.address() + "."));
    }

    private Optional<String> open(JettyServer candidate) {
        try {
            candidate.start();
            LOG.info("Listening on {}", candidate.address());
            return Optional.empty();
        } catch (PortRefused e) {
            LOG.error(e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    /** Nobody else closes the port when this fails: there is no component then. */
    private static Optional<Announcement> announced(JettyServer running, HttpSettings settings) {
        try {
            Optional<Announcement> made =
                    settings.portFile().map(path -> new Announcement(new PortFile(path), running.port()));
            made.ifPresent(Announcement::begin);
            return made;
        } catch (RuntimeException | Error e) {
            running.stop();
            throw e;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindGateway(HttpGateway service) {
        gateway.put(service);
    }

    void unbindGateway(HttpGateway service) {
        gateway.remove(service);
    }

    /** Takes other limits and keeps the listener: a restart of it would be noticed by everybody who calls. */
    @Modified
    void modified(Config config) {
        HttpSettings next;
        try {
            next = HttpSettings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error("{} The listener stays as it is", e.getMessage());
            return;
        }
        if (!next.opensAs(settings)) {
            LOG.warn("Host, port and threads of the HTTP listener change with the next start of the container alone");
        }
        settings = next;
        server.ifPresent(running -> running.use(next));
    }

    @Override
    public void close() {
        gateway.get().closing();
        deactivate();
    }

    /** Closes the port; called by DS. */
    @Deactivate
    public void deactivate() {
        server.ifPresent(running -> {
            line = new Line("http", Status.DOWN, "The listener is closed.");
            announcement.ifPresent(Announcement::close);
            running.stop();
        });
    }

    @Override
    public Line check() {
        Line now = line;
        return announcement
                .flatMap(Announcement::trouble)
                .filter(why -> now.status() == Status.UP)
                .map(why -> new Line("http", Status.DOWN, why))
                .orElse(now);
    }
}
