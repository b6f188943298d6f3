// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.HostSnapshot.FileView;
import dev.mortise.host.deploy.HostSnapshot.RouteView;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.host.intake.Inspection.Named;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
        lost(view, true).forEach(lost -> add(plugins, lost));
        speakers.forEach(row -> add(plugins, of(row)));
        view.rows().all().stream().filter(row -> !speakers.contains(row)).forEach(row -> add(plugins, of(row)));
        lost(view, false).forEach(lost -> add(plugins, lost));
        view.jars().values().stream()
                .flatMap(jar -> refused(jar).stream())
                .filter(refused -> view.wants().lost(refused.digest()).isEmpty())
                .forEach(refused -> add(plugins, refused));
        return new HostSnapshot(view.generation(), plugins, files(view.jars().values()));
    }

    private static void add(Map<PluginId, List<VersionView>> plugins, VersionView view) {
        plugins.computeIfAbsent(view.id(), id -> new ArrayList<>()).add(view);
    }

    private static List<VersionView> lost(Board.View view, boolean speaking) {
        return view.wants().lost().stream()
                .filter(lost -> view.wants().isLost(lost.id()) == speaking)
                .map(lost -> lost.view(lying(view, lost.digest())))
                .toList();
    }

    /** It may lie in the folder as well, where it is not taken either. */
    private static List<Path> lying(Board.View view, Digest digest) {
        return view.jars().values().stream()
                .filter(jar -> refused(jar)
                        .filter(refused -> refused.digest().equals(digest))
                        .isPresent())
                .map(jar -> jar.file().path())
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
                row.contribution().map(SnapshotTaker::routes).orElse(List.of()),
                row.contribution().map(Contribution::schema).orElse(0L));
    }

    private static List<RouteView> routes(Contribution contribution) {
        return contribution.routes().stream()
                .map(route -> new RouteView(route.method(), route.path()))
                .toList();
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
