// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.host.folder.Marker;
import dev.mortise.host.folder.Marker.Kind;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Words the markers beside the jars; a jar on its way has none. */
final class MarkerTexts {
    private MarkerTexts() {}

    static Map<Path, Marker> of(Board.View view) {
        Map<Path, Marker> markers = new TreeMap<>();
        view.jars().forEach((path, jar) -> marker(jar, view).ifPresent(marker -> markers.put(path, marker)));
        return markers;
    }

    private static Optional<Marker> marker(Jar jar, Board.View view) {
        if (jar.file().condition() == Condition.REJECTED) {
            return Optional.of(new Marker(Kind.FAILED, List.of(jar.file().reason())));
        }
        if (jar.refused().isPresent()) {
            List<Problem> problems = jar.refused().get().problems();
            return Optional.of(new Marker(Kind.FAILED, lines(problems.get(0).message(), problems)));
        }
        return jar.artifact()
                .flatMap(artifact -> view.rows().find(artifact.digest()))
                .flatMap(row -> marker(row, view));
    }

    private static Optional<Marker> marker(Row row, Board.View view) {
        Optional<Verdict> superseded = view.verdict(row).filter(verdict -> verdict.kind() == Verdict.Kind.SUPERSEDE);
        if (superseded.isPresent() && !row.alive() && !row.failed()) {
            List<Problem> by = superseded.get().problems();
            return Optional.of(new Marker(Kind.SUPERSEDED, lines(row.reason(), by)));
        }
        return switch (row.state()) {
            case READY, DEGRADED -> Optional.of(new Marker(Kind.DEPLOYED, deployed(row)));
            case WAITING -> Optional.of(new Marker(Kind.WAITING, lines(row.reason(), row.problems())));
            case REJECTED, FAILED, QUARANTINED ->
                Optional.of(new Marker(Kind.FAILED, lines(row.reason(), row.problems())));
            default -> Optional.empty();
        };
    }

    private static List<String> deployed(Row row) {
        Artifact artifact = row.artifact();
        List<String> lines = new ArrayList<>();
        lines.add(artifact.id() + " " + artifact.manifest().version() + " " + artifact.digest());
        row.problems().forEach(problem -> lines.add(problem.message()));
        lines.addAll(row.warnings());
        return lines;
    }

    /** The sentence, then every other problem; what mends one stands below it, unless it says so itself. */
    private static List<String> lines(String sentence, List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        lines.add(sentence);
        for (Problem problem : new LinkedHashSet<>(problems)) {
            if (!sentence.contains(problem.message())) {
                lines.add(problem.message());
            }
            if (!problem.message().contains(problem.remedy())) {
                lines.add("  Remedy: " + problem.remedy());
            }
        }
        return lines;
    }
}
