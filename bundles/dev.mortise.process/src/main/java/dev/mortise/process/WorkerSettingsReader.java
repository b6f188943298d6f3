// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import dev.mortise.kernel.model.AllowedVariables;
import dev.mortise.process.address.OwnListener;
import dev.mortise.process.worker.WorkerSettings;
import dev.mortise.process.worker.WorkerSettings.Java;
import dev.mortise.process.worker.WorkerSettings.OfPlugin;
import dev.mortise.process.worker.WorkerSettings.Pace;
import dev.mortise.process.worker.launch.LaunchSettings;
import dev.mortise.process.worker.launch.LaunchSettings.OutputLimits;
import dev.mortise.process.worker.port.PortRange;
import dev.mortise.process.worker.user.UserChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Reads the configuration. */
final class WorkerSettingsReader {
    private static final String ENV = ".env";
    private static final String ENV_SECRETS = ".env-secrets";
    private static final String PORT = ".port";

    private final WorkersConfig config;
    private final Map<String, Object> all;

    WorkerSettingsReader(WorkersConfig config, Map<String, Object> all) {
        this.config = config;
        this.all = all;
    }

    WorkerSettings read() {
        return new WorkerSettings(
                PortRange.parse("workers.ports", config.ports()),
                config.max_per_plugin(),
                config.start_parallel(),
                config.wait_max(),
                pace(),
                new WorkerSettings.Restarts(
                        Duration.ofMillis(config.restart_first_ms()),
                        Duration.ofSeconds(config.restart_longest_seconds()),
                        Duration.ofSeconds(config.restart_reset_seconds()),
                        config.restart_limit()),
                new Java(
                        distribution(),
                        config.java_heap_mb(),
                        config.java_metaspace_mb(),
                        config.java_direct_mb(),
                        config.java_class_archive()),
                launch(),
                plugins());
    }

    private Pace pace() {
        return new Pace(
                Duration.ofSeconds(config.ready_seconds()),
                Duration.ofSeconds(config.wait_seconds()),
                Duration.ofSeconds(config.health_seconds()),
                Duration.ofMillis(config.health_timeout_ms()),
                config.health_misses(),
                Duration.ofSeconds(config.idle_seconds()),
                Duration.ofSeconds(config.drain_seconds()),
                Duration.ofSeconds(config.disable_seconds()),
                Duration.ofSeconds(config.auth_seconds()));
    }

    private Path home() {
        return Path.of(config.mortise_home()).toAbsolutePath().normalize();
    }

    private Path distribution() {
        return config.mortise_dist().isBlank()
                ? home()
                : Path.of(config.mortise_dist()).toAbsolutePath().normalize();
    }

    private LaunchSettings launch() {
        return new LaunchSettings(
                home(),
                config.path(),
                this::common,
                Duration.ofSeconds(config.terminate_seconds()),
                new OutputLimits(config.output_lines_per_second(), config.output_line_kb() << 10),
                UserChoice.parse("workers.uids", config.uids()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java"),
                        Path.of(System.getProperty("java.home"), "lib/modules"),
                        distribution().resolve("worker")));
    }

    private Map<String, String> common() {
        return Map.of(
                "MORTISE_CORE_URL", coreUrl(),
                "MORTISE_MODE", "production",
                "LANG", config.lang(),
                "TZ", TimeZone.getDefault().getID());
    }

    /** Answers where processes of this machine reach the core, at the port that the listener has now. */
    private String coreUrl() {
        int port = new OwnListener(config.port(), Optional.of(home().resolve("data/http-port"))).portInUse();
        boolean everywhere = Set.of("0.0.0.0", "::", "").contains(config.host());
        String host = everywhere ? "127.0.0.1" : config.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Reads what is said of single plugins: keys that begin with an id. */
    private Map<String, OfPlugin> plugins() {
        Map<String, OfPlugin> plugins = new HashMap<>();
        all.keySet().stream()
                .flatMap(key -> id(key).stream())
                .distinct()
                .forEach(id -> plugins.put(
                        id,
                        new OfPlugin(
                                AllowedVariables.parse(text(id + ENV)).names(),
                                text(id + ENV_SECRETS).equals("true"),
                                ports(id))));
        return plugins;
    }

    private static Optional<String> id(String key) {
        return java.util.stream.Stream.of(ENV_SECRETS, ENV, PORT)
                .filter(key::endsWith)
                .map(end -> key.substring(0, key.length() - end.length()))
                .filter(id -> !id.isEmpty() && id.indexOf('.') < 0)
                .findFirst();
    }

    private @Nullable PortRange ports(String id) {
        String text = text(id + PORT);
        return text.isEmpty() ? null : PortRange.parse("workers." + id + PORT, text);
    }

    private String text(String key) {
        return String.valueOf(all.getOrDefault(key, "")).strip();
    }
}
