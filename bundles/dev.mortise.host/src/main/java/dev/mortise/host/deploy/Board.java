// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.deploy.Switchboard.Line;
import dev.mortise.host.folder.Marker;
import dev.mortise.host.intake.Inspection.Named;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Shows how everything stands: to gateway and security, in the folder, and to those who ask. */
final class Board {
    private final Switchboard switchboard;
    private final Consumer<Map<Path, Marker>> markers;
    private final Consumer<HostSnapshot> snapshots;

    Board(Switchboard switchboard, Consumer<Map<Path, Marker>> markers, Consumer<HostSnapshot> snapshots) {
        this.switchboard = switchboard;
        this.markers = markers;
        this.snapshots = snapshots;
    }

    /** All there is to show. */
    record View(
            Rows rows,
            Map<Path, Jar> jars,
            Choice choice,
            Wants wants,
            long generation,
            Map<ServiceName, HeldService> elsewhere,
            Map<PluginId, Row> speakers) {
        View(
                Rows rows,
                Map<Path, Jar> jars,
                Choice choice,
                Wants wants,
                long generation,
                Map<ServiceName, HeldService> elsewhere) {
            this(rows, jars, choice, wants, generation, elsewhere, speakers(rows, choice));
        }

        /** Answers what becomes of a version; nothing of one that nobody wants. */
        Optional<Verdict> verdict(Row row) {
            return Board.verdict(row, choice, wants);
        }

        /** Answers the version of every plugin that speaks for it. */
        private static Map<PluginId, Row> speakers(Rows rows, Choice choice) {
            Providers providers = new Providers(rows, choice);
            Map<PluginId, Row> speakers = new TreeMap<>();
            for (Row row : rows.all()) {
                speakers.computeIfAbsent(row.id(), id -> providers.speaker(id).orElse(row));
            }
            return speakers;
        }
    }

    /** Shows those that stand ready to each other. */
    void probe(Rows rows) {
        switchboard.probe(rows.all().stream()
                .filter(row -> row.prepared() && !row.current())
                .map(Line::ready)
                .toList());
    }

    void show(View view) {
        showBeforeTheEnd(view);
        markers.accept(MarkerTexts.of(view));
    }

    /** What stands beside the jars stays there when the container stops. */
    void showBeforeTheEnd(View view) {
        switchboard.show(lines(view));
        snapshots.accept(SnapshotTaker.take(view));
    }

    void securityIsNew() {
        switchboard.securityIsNew();
    }

    static Optional<Verdict> verdict(Row row, Choice choice, Wants wants) {
        return Optional.ofNullable(choice.verdicts().get(row.artifact().digest()))
                .or(() ->
                        wants.find(row.artifact().digest()).flatMap(Wish::note).map(Verdict::of));
    }

    private static Map<PluginId, List<Line>> lines(View view) {
        Map<PluginId, List<Line>> lines = new TreeMap<>();
        view.speakers().forEach((plugin, row) -> lines.put(plugin, lines(view, row)));
        view.wants().lost().stream()
                .filter(view.wants()::speaks)
                .forEach(lost -> lines.put(lost.id(), List.of(lost.line())));
        view.jars().values().forEach(jar -> jar.refused()
                .flatMap(refused -> refused.plugin()
                        .flatMap(Named::manifest)
                        .filter(manifest -> !lines.containsKey(manifest.id()))
                        .map(manifest -> new Line(
                                manifest,
                                refused.plugin().orElseThrow().digest(),
                                PluginState.REJECTED,
                                refused.problems().get(0).message(),
                                jar.file().since(),
                                false,
                                Optional.empty())))
                .ifPresent(line -> lines.put(line.manifest().id(), List.of(line))));
        return lines;
    }

    /** Everything of a plugin that is switched in, or else the version that speaks for it. */
    private static List<Line> lines(View view, Row speaker) {
        List<Row> current = view.rows().current(speaker.id());
        return (current.isEmpty() ? List.of(speaker) : current)
                .stream().map(Line::of).toList();
    }
}
