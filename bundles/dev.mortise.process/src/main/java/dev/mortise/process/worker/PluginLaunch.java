// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Order;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.process.worker.WorkerSettings.OfPlugin;
import dev.mortise.process.worker.launch.Launch;
import dev.mortise.process.worker.launch.WorkFolders;
import dev.mortise.process.worker.wire.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says how the processes of one plugin version are started: by its own command, or in a JVM of Mortise's. */
final class PluginLaunch {
    /** What this container runs on, its workers run on. */
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Order order;
    private final WorkFolders folders;
    private final JsonLines lines;

    PluginLaunch(Order order, WorkFolders folders, JsonLines lines) {
        this.order = order;
        this.folders = folders;
        this.lines = lines;
    }

    /**
     * Says how one is started.
     *
     * @throws IOException when the plugin's own folder can't be unpacked
     */
    Launch of(WorkerSettings settings, Slot slot, int port, Handover handover) throws IOException {
        RuntimeDeclaration runtime = order.manifest().runtime();
        Map<String, String> environment = environment(settings, slot, port, handover);
        Launch.OutputLabel label = new Launch.OutputLabel(plugin(), slot.tenant(), slot.instance());
        return isJava()
                ? new Launch(
                        java(settings.java()), environment, Optional.empty(), Optional.of(order.jar()), label, false)
                : Launch.of(
                        runtime.command(),
                        environment,
                        Optional.of(folders.unpacked(order.jar(), order.digest().hex())),
                        label);
    }

    /** Tells whether it runs in a JVM of Mortise's, and not by a command of its own. */
    boolean isJava() {
        return order.manifest().runtime().command().isEmpty();
    }

    private String plugin() {
        return order.manifest().id().value();
    }

    private List<String> java(WorkerSettings.Java java) {
        Path worker = java.worker();
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        Path options = worker.resolve("jvm.options");
        if (Files.exists(options)) {
            command.add("@" + options);
        }
        if (java.archive()) {
            ClassArchive.find(worker).ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
        }
        command.addAll(List.of(
                "-Xmx" + java.heapMb() + "m",
                "-XX:MaxMetaspaceSize=" + java.metaspaceMb() + "m",
                "-XX:MaxDirectMemorySize=" + java.directMb() + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                worker.resolve("*").toString(),
                "dev.mortise.worker.Main",
                "--plugin"));
        return command;
    }

    private Map<String, String> environment(WorkerSettings settings, Slot slot, int port, Handover handover) {
        OfPlugin said = settings.of(plugin());
        RuntimeDeclaration runtime = order.manifest().runtime();
        Map<String, String> environment = new HashMap<>(HostVariables.allowed(runtime.env(), said.env()));
        if (runtime.envSecrets() && said.envSecrets()) {
            slot.tenant().map(handover.tenants()::get).ifPresent(part -> secrets(environment, part));
        }
        environment.put("MORTISE_PLUGIN_ID", plugin());
        environment.put("MORTISE_WORKER_PORT", String.valueOf(port));
        slot.tenant().ifPresent(tenant -> environment.put("MORTISE_TENANT_ID", tenant));
        return environment;
    }

    private void secrets(Map<String, String> environment, TenantPart part) {
        environment.put("MORTISE_TENANT_CONFIG", lines.config(part));
        lines.auth(part).ifPresent(auth -> environment.put("MORTISE_TENANT_AUTH", auth));
    }
}
