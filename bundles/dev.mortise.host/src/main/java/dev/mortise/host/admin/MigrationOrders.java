// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import dev.mortise.kernel.port.PluginData.Begun;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Shows migrations of plugins, tries those of a jar out, and has them taken back while the plugin does not run. */
public final class MigrationOrders implements Migrations {
    private final Caretaking care;

    /** Takes orders about the data that is taken care of. */
    public MigrationOrders(Caretaking care) {
        this.care = care;
    }

    @Override
    public History history(PluginId plugin) {
        return new History(
                plugin.value(),
                care.tables().history(plugin).stream()
                        .map(MigrationOrders::line)
                        .toList(),
                running().stream()
                        .filter(one -> one.plugin().equals(plugin.value()))
                        .toList(),
                care.keeper().begun(plugin).map(MigrationOrders::line));
    }

    @Override
    public List<RunningMigration> running() {
        return care.keeper().running();
    }

    @Override
    public Rehearsal plan(Upload upload, boolean run) {
        Artifact artifact = inspected(upload);
        if (artifact.offersMigrations()) {
            throw refused("Plugin '%s' brings its migrations by code, which does not run to try them."
                            .formatted(artifact.id())
                    + " Write them as files migrations/<version>__<description>.sql to see them here.");
        }
        return care.keeper().rehearse(artifact.identity(), artifact.migrations(), run);
    }

    private Artifact inspected(Upload upload) {
        try {
            Inspection inspection = care.orders().receive(upload.jar(), upload.name());
            if (inspection instanceof Inspection.Refused no) {
                throw new MortiseException(
                        ErrorCode.VALIDATION_FAILED,
                        no.problems().stream().map(Problem::message).collect(Collectors.joining(" ")));
            }
            return ((Inspection.Admitted) inspection).artifact();
        } catch (IOException e) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE, upload.name() + " was not looked at: " + e + ".", e);
        }
    }

    @Override
    public WayBack wayBack(PluginId plugin, OptionalLong keep) {
        return care.keeper().wayBack(plugin, keep, () -> care.ask(desk -> desk.disturbed(plugin)));
    }

    @Override
    public WayBack down(PluginId plugin, OptionalLong keep, Optional<String> confirmed) {
        WayBack way = wayBack(plugin, keep);
        if (!confirmed.equals(Optional.of(Long.toString(way.newest())))) {
            throw refused("%s Confirm it with the version of the newest one, %d.".formatted(goes(way), way.newest()));
        }
        care.keeper().takeBack(plugin, way, () -> care.ask(desk -> desk.disturbed(plugin)));
        return way;
    }

    private static String goes(WayBack way) {
        String steps = way.steps().stream()
                .map(step -> step.version() + " (" + step.description() + ")")
                .collect(Collectors.joining(", "));
        String lost = way.lost().isEmpty()
                ? "No table, column or row goes with it."
                : "It " + String.join("; ", way.lost()) + ".";
        return "Nothing was changed. Migrations of plugin '%s' that would be taken back: %s. %s A version that brings them"
                        .formatted(way.plugin(), steps, lost)
                + " applies them again when it starts.";
    }

    private static Line line(Applied applied) {
        return new Line(
                applied.version(),
                applied.description(),
                applied.phase().name().toLowerCase(Locale.ROOT),
                applied.kind().name().toLowerCase(Locale.ROOT),
                applied.checksum(),
                applied.down().isPresent(),
                applied.at());
    }

    private static Line line(Begun begun) {
        return new Line(
                begun.version(), begun.description(), "expand", "concurrent", begun.checksum(), false, begun.at());
    }

    private static MortiseException refused(String sentence) {
        return new MortiseException(ErrorCode.CONFLICT, sentence);
    }
}
