// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.process.worker.launch.LaunchSettings;
import dev.mortise.process.worker.port.PortRange;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What bounds processes of plugins, and what the operator allows them.
 *
 * @param maxPerPlugin processes of one version of a plugin at the same time
 * @param startParallel processes that are being started at the same time, of all plugins
 * @param waiting calls of one version of a plugin that wait for processes at the same time
 * @param plugins what is said of single plugins, by id
 */
public record WorkerSettings(
        PortRange ports,
        int maxPerPlugin,
        int startParallel,
        int waiting,
        Pace pace,
        Restarts restarts,
        Java java,
        LaunchSettings launch,
        Map<String, OfPlugin> plugins) {
    public WorkerSettings {
        plugins = Map.copyOf(plugins);
    }

    /**
     * How long things take, and how often they happen.
     *
     * @param ready until a process must answer what it is
     * @param patience of a call for its process: one that starts, or follows one that is gone
     * @param health between two questions how it is
     * @param healthTimeout until that must be answered
     * @param healthMisses questions in a row without an answer after which it is replaced
     * @param idle without a call after which it ends
     * @param drain for calls of a process that is to end
     * @param disable for a process to end by itself
     * @param auth until a question about credentials must be answered
     */
    public record Pace(
            Duration ready,
            Duration patience,
            Duration health,
            Duration healthTimeout,
            int healthMisses,
            Duration idle,
            Duration drain,
            Duration disable,
            Duration auth) {}

    /**
     * When a process that crashed is started again.
     *
     * @param first pause, doubled each time
     * @param longest pause
     * @param reset time for which it must have run so that earlier crashes are forgotten
     * @param limit crashes after which it is left alone
     */
    public record Restarts(Duration first, Duration longest, Duration reset, int limit) {}

    /**
     * How plugins without a command of their own are run.
     *
     * @param distribution the folder that Mortise was unpacked to
     * @param archive whether their classes are kept for the next start
     */
    public record Java(java.nio.file.Path distribution, int heapMb, int metaspaceMb, int directMb, boolean archive) {
        /** Answers the folder of their class path. */
        java.nio.file.Path worker() {
            return distribution.resolve("worker");
        }
    }

    /**
     * What the operator says of a plugin.
     *
     * @param env variables of the host that it may have, where its manifest asks for them; {@code *} is all of those but
     *     the ones with names of secrets
     * @param envSecrets whether it may have settings and credentials in its environment
     * @param ports its own ports, or null for those of all
     */
    public record OfPlugin(
            Set<String> env,
            boolean envSecrets,
            @org.jspecify.annotations.Nullable PortRange ports) {
        /** Nothing is said. */
        public static final OfPlugin NOTHING = new OfPlugin(Set.of(), false, null);

        public OfPlugin {
            env = Set.copyOf(env);
        }
    }

    OfPlugin of(String plugin) {
        return plugins.getOrDefault(plugin, OfPlugin.NOTHING);
    }
}
