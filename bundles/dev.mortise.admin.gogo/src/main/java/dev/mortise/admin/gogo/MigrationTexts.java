// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Migrations.History;
import dev.mortise.kernel.admin.Migrations.Line;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How answers about migrations look. */
record MigrationTexts(Clock clock) {
    private static final int CHECKSUM = 12;

    Page history(History history) {
        Table table = new Table("VERSION", "DESCRIPTION", "PHASE", "KIND", "DOWN", "CHECKSUM", "APPLIED");
        history.migrations()
                .forEach(line -> table.row(
                        Long.toString(line.version()),
                        line.description(),
                        line.phase(),
                        line.kind(),
                        line.down() ? "yes" : "no",
                        line.checksum()
                                .substring(0, Math.min(CHECKSUM, line.checksum().length())),
                        Age.of(line.appliedAt(), clock.instant())));
        Page page = new Page()
                .table(table, "No migration of plugin '" + Escape.text(history.plugin()) + "' was applied.")
                .section("Running", lines(history.running()));
        return history.running().isEmpty() ? page.line(history.begun().map(this::cutOff)) : page;
    }

    private String cutOff(Line begun) {
        return "Migration %d (%s) was begun %s ago and cut off. The next start of the plugin finishes it."
                .formatted(begun.version(), begun.description(), Age.of(begun.appliedAt(), clock.instant()));
    }

    Page running(MigrationsRunning all) {
        return all.running().isEmpty()
                ? new Page().line("No migration runs.")
                : new Page().section("Running", lines(all.running()));
    }

    private static List<String> lines(List<RunningMigration> all) {
        return all.stream().map(MigrationTexts::line).toList();
    }

    private static String line(RunningMigration one) {
        String percent = one.percent().map(done -> " " + done + " %").orElse("");
        String waits = one.waitsFor().isEmpty() ? "" : ", waits for " + String.join(", ", one.waitsFor());
        return "%s %s, for %d s (pid %d): %s%s%s"
                .formatted(
                        one.plugin(),
                        one.migration(),
                        one.elapsedMillis() / 1000,
                        one.pid(),
                        one.doing(),
                        percent,
                        waits);
    }

    Page rehearsal(Rehearsal tried) {
        Page page = new Page().line("%s %s".formatted(tried.plugin(), tried.version()));
        tried.steps().forEach(step -> page.section(head(step), step.statements()));
        tried.problem().ifPresent(why -> page.line(why.message()).line(why.remedy()));
        return page.line(tried.message());
    }

    private static String head(Rehearsal.Step step) {
        return "%d %s, %s, %s: %s%s"
                .formatted(
                        step.version(),
                        step.description(),
                        step.phase(),
                        step.kind(),
                        step.result().name().toLowerCase(Locale.ROOT),
                        step.millis().map(millis -> " in " + millis + " ms").orElse(""));
    }

    static Sentence takenBack(WayBack way) {
        return new Sentence("Taken back of plugin '%s': %s."
                .formatted(
                        way.plugin(),
                        way.steps().stream()
                                .map(step -> step.version() + " (" + step.description() + ")")
                                .collect(Collectors.joining(", "))));
    }
}
