// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.HostSnapshot.FileView;
import dev.mortise.host.deploy.HostSnapshot.RouteView;
import dev.mortise.host.deploy.HostSnapshot.ToolView;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.host.intake.Inspection.Named;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.port.Routing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Takes a snapshot of what the sequencer knows. */
final class SnapshotTaker {
    private SnapshotTaker() {}

    static HostSnapshot take(Board.View view) {
        Map<PluginId, List<VersionView>> plugins = new TreeMap<>();
        Set<Row> speakers = new LinkedHashSet<>(view.speakers().values());
        List<VersionView> refused = view.jars().values().stream()
                .flatMap(jar -> refused(jar).stream())
                .toList();
        lost(view, refused, true).forEach(lost -> add(plugins, lost));
        speakers.forEach(row -> add(plugins, of(row)));
        view.rows().all().stream().filter(row -> !speakers.contains(row)).forEach(row -> add(plugins, of(row)));
        lost(view, refused, false).forEach(lost -> add(plugins, lost));
        // what is lost may lie in the folder as well, where it is not taken either
        refused.stream()
                .filter(jar -> view.wants().lost(jar.digest()).isEmpty())
                .forEach(jar -> add(plugins, jar));
        return new HostSnapshot(view.generation(), plugins, files(view.jars().values()), view.elsewhere());
    }

    private static void add(Map<PluginId, List<VersionView>> plugins, VersionView view) {
        plugins.computeIfAbsent(view.id(), id -> new ArrayList<>()).add(view);
    }

    private static List<VersionView> lost(Board.View view, Collection<VersionView> refused, boolean speaking) {
        Map<Digest, List<Path>> lying = new HashMap<>();
        refused.forEach(jar ->
                lying.computeIfAbsent(jar.digest(), digest -> new ArrayList<>()).addAll(jar.paths()));
        return view.wants().lost().stream()
                .filter(lost -> view.wants().speaks(lost) == speaking)
                .map(lost -> lost.view(lying.getOrDefault(lost.digest(), List.of())))
                .toList();
    }

    private static VersionView of(Row row) {
        return new VersionView(
                row.id(),
                row.artifact().manifest().version(),
                row.artifact().digest(),
                Optional.of(row.artifact().manifest()),
                row.state(),
                row.reason(),
                row.since(),
                row.problems(),
                row.warnings(),
                List.copyOf(row.paths()),
                row.current(),
                location(row),
                row.contribution().map(SnapshotTaker::routes).orElse(List.of()),
                row.contribution().map(SnapshotTaker::tools).orElse(List.of()),
                row.contribution().map(Contribution::schema).orElse(0L));
    }

    private static String location(Row row) {
        return row.contribution()
                .map(Contribution::location)
                .or(() -> row.running().map(Running::location))
                .orElseGet(() -> row.artifact().manifest().runtime().preferred());
    }

    private static List<RouteView> routes(Contribution contribution) {
        return contribution.routes().stream()
                .map(route -> new RouteView(route.method(), route.path()))
                .toList();
    }

    /** The tools themselves stay where they are: they hold the loader of their plugin. */
    private static List<ToolView> tools(Contribution contribution) {
        return contribution.tools() instanceof Routing.Tools.Here here
                ? here.tools().stream()
                        .map(tool -> new ToolView(
                                tool.name(), tool.description(), tool.inputSchema(), Set.copyOf(tool.permissions())))
                        .toList()
                : List.of();
    }

    private static Optional<VersionView> refused(Jar jar) {
        return jar.refused().flatMap(refused -> refused.plugin().map(named -> refused(jar, refused.problems(), named)));
    }

    private static VersionView refused(Jar jar, List<Problem> problems, Named named) {
        return new VersionView(
                named.id(),
                named.version(),
                named.digest(),
                named.manifest(),
                PluginState.REJECTED,
                problems.get(0).message(),
                jar.file().since(),
                problems,
                List.of(),
                List.of(jar.file().path()),
                false,
                named.manifest().map(manifest -> manifest.runtime().preferred()).orElse(RuntimeDeclaration.BUNDLE),
                List.of(),
                List.of(),
                0);
    }

    private static List<FileView> files(Collection<Jar> jars) {
        List<FileView> files = new ArrayList<>();
        for (Jar jar : jars) {
            if (jar.plugin().isEmpty()) {
                boolean arriving = jar.file().condition() != Condition.REJECTED
                        && jar.refused().isEmpty();
                String reason = jar.refused()
                        .map(refused -> refused.problems().get(0).message())
                        .orElse(jar.file().reason());
                files.add(new FileView(
                        jar.file().path(),
                        arriving ? "INCOMING" : "REJECTED",
                        reason,
                        jar.file().since()));
            }
        }
        return files.stream().sorted(Comparator.comparing(FileView::path)).toList();
    }
}
