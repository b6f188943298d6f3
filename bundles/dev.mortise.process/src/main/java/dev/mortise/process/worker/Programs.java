// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.LinePrograms;
import dev.mortise.process.worker.WorkerSettings.OfPlugin;
import dev.mortise.process.worker.launch.Child;
import dev.mortise.process.worker.launch.Launch;
import dev.mortise.process.worker.launch.Spoken;
import dev.mortise.process.worker.launch.WorkFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Programs that plugins bring beside themselves, each for one tenant. */
public final class Programs implements LinePrograms, AutoCloseable {
    private final Parts parts;
    // How many programs use the folder of an artifact; the monitor guards it.
    private final Map<String, Integer> folders = new HashMap<>();
    private final Map<Child, Program> running = new ConcurrentHashMap<>();

    Programs(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Program start(Order order, Listener listener) {
        WorkerSettings settings = parts.settings().get();
        String plugin = order.manifest().id().value();
        Launch.OutputLabel label = new Launch.OutputLabel(plugin, Optional.of(order.tenant()), 0);
        try {
            Optional<String> artifact = artifact(settings, order);
            Optional<Path> folder =
                    artifact.isPresent() ? Optional.of(use(settings, artifact.get())) : Optional.empty();
            Launch launch = Launch.of(order.command(), environment(settings, order), folder, label);
            return started(launch, order.lineBytes(), listener, artifact);
        } catch (IOException e) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "Program '%s' of plugin '%s' can't be started: %s"
                            .formatted(order.command().get(0), plugin, e.getMessage()),
                    e);
        }
    }

    private Program started(Launch launch, int lineBytes, Listener listener, Optional<String> artifact)
            throws IOException {
        Child child;
        Spoken spoken = new Spoken(lineBytes, listener::line, listener::tooLong);
        try {
            child = parts.launching()
                    .launcher()
                    .start(launch, parts.launching().launcher().nonce(), Optional.of(spoken));
        } catch (IOException e) {
            artifact.ifPresent(this::leave);
            throw e;
        }
        Program program = new Held(child);
        running.put(child, program);
        var unused = child.gone().whenComplete((status, fault) -> {
            running.remove(child);
            artifact.ifPresent(this::leave);
            listener.gone(child.lastLine());
        });
        return program;
    }

    /** One that runs. Ending waits for it, so that is done elsewhere. */
    private final class Held implements Program {
        private final Child child;

        Held(Child child) {
            this.child = child;
        }

        @Override
        public boolean tell(String line) {
            return child.tell(line, parts.settings().get().pace().auth());
        }

        @Override
        public void close() {
            WorkerThreads.run(parts.threads().chores(), () -> {
                try {
                    child.end();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Answers the name of the folder that the jar has for programs; nothing where it has none. */
    private static Optional<String> artifact(WorkerSettings settings, Order order) throws IOException {
        Path jar = jar(settings, order.digest().hex());
        return Files.isRegularFile(jar) && WorkFolders.hasFiles(jar)
                ? Optional.of(order.digest().hex())
                : Optional.empty();
    }

    private static Path jar(WorkerSettings settings, String sha256) {
        return settings.launch().home().resolve("data/store").resolve(sha256 + ".jar");
    }

    /** Not the folder of the plugin's own processes, which goes with them. */
    private static String folder(String sha256) {
        return sha256 + ".mcp";
    }

    private synchronized Path use(WorkerSettings settings, String sha256) throws IOException {
        Path folder = parts.launching().folders().unpacked(jar(settings, sha256), folder(sha256));
        folders.merge(sha256, 1, Integer::sum);
        return folder;
    }

    private synchronized void leave(String sha256) {
        if (folders.merge(sha256, -1, Integer::sum) == 0) {
            folders.remove(sha256);
            parts.launching().folders().remove(folder(sha256));
        }
    }

    private Map<String, String> environment(WorkerSettings settings, Order order) {
        OfPlugin said = settings.of(order.manifest().id().value());
        Map<String, String> environment =
                new HashMap<>(HostVariables.allowed(order.manifest().runtime().env(), said.env()));
        order.secrets().ifPresent(part -> {
            if (!order.manifest().runtime().envSecrets() || !said.envSecrets()) {
                throw new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        ("Program '%s' of plugin '%s' takes credentials in its environment. Set runtime.envSecrets in plugin.json"
                                        + " and %s.env-secrets = true in etc/plugins.properties.")
                                .formatted(
                                        order.command().get(0),
                                        order.manifest().id(),
                                        order.manifest().id()));
            }
            environment.put("MORTISE_TENANT_CONFIG", parts.talking().lines().config(part));
            parts.talking().lines().auth(part).ifPresent(auth -> environment.put("MORTISE_TENANT_AUTH", auth));
        });
        environment.put("MORTISE_PLUGIN_ID", order.manifest().id().value());
        environment.put("MORTISE_TENANT_ID", order.tenant());
        return environment;
    }

    /** Ends all; their guards end them if this takes too long. */
    @Override
    public void close() {
        List.copyOf(running.values()).forEach(Program::close);
    }
}
