// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How everything stood after one pass; never changes, so whoever asks waits for nobody.
 *
 * @param plugins by id, the version that speaks for the plugin first
 * @param files what lies in the folder and names no plugin
 * @param elsewhere the services of instances that run elsewhere
 */
public record HostSnapshot(
        long generation,
        Map<PluginId, List<VersionView>> plugins,
        List<FileView> files,
        Map<ServiceName, HeldService> elsewhere) {
    /** Nothing is known yet. */
    public static final HostSnapshot EMPTY = new HostSnapshot(0, Map.of(), List.of());

    public HostSnapshot {
        plugins = Map.copyOf(plugins);
        files = List.copyOf(files);
        elsewhere = Map.copyOf(elsewhere);
    }

    /** Where nothing runs elsewhere. */
    public HostSnapshot(long generation, Map<PluginId, List<VersionView>> plugins, List<FileView> files) {
        this(generation, plugins, files, Map.of());
    }

    /**
     * One version of a plugin.
     *
     * @param manifest absent when it breaks its schema
     * @param current whether it is switched in
     * @param location where it runs, or is to run
     * @param routes method and relative path of each
     * @param tools what it offers to language models, of what runs here; without its code
     * @param schema the highest migration that its code expects, 0 for none or unknown
     */
    public record VersionView(
            PluginId id,
            Version version,
            Digest digest,
            Optional<PluginManifest> manifest,
            PluginState state,
            String reason,
            Instant since,
            List<Problem> problems,
            List<String> warnings,
            List<Path> paths,
            boolean current,
            String location,
            List<RouteView> routes,
            List<ToolView> tools,
            long schema) {}

    /** A route as its plugin declares it. */
    public record RouteView(String method, String path) {}

    /** A tool as its plugin declares it. */
    public record ToolView(String name, String description, String inputSchema, Set<String> permissions) {}

    /** A file that names no plugin. */
    public record FileView(Path path, String state, String reason, Instant since) {}

    /** Answers the version that speaks for each plugin, ordered by id. */
    public List<VersionView> speakers() {
        return plugins.keySet().stream()
                .sorted()
                .map(id -> Known.get(plugins, id).get(0))
                .toList();
    }

    /** Answers the version that speaks for a plugin. */
    public Optional<VersionView> speaker(PluginId id) {
        return Optional.ofNullable(plugins.get(id)).map(views -> views.get(0));
    }

    /** Tells whether nothing is on its way: everything serves, or says why not. */
    public boolean settled() {
        return plugins.values().stream().map(views -> views.get(0).state()).noneMatch(HostSnapshot::onItsWay)
                && files.stream().noneMatch(file -> file.state().equals("INCOMING"));
    }

    static boolean onItsWay(PluginState state) {
        return switch (state) {
            case STAGED, RESOLVED, MIGRATING, STARTING -> true;
            default -> false;
        };
    }
}
