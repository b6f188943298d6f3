// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Migrations of plugin inventory, of which one runs and the newest is confirmed with 2; takes every order. */
public final class NotedMigrations implements Migrations {
    private static final Instant THEN = Instant.parse("2026-11-21T10:00:00Z");

    private volatile String ordered = "";

    /** Makes them. */
    public NotedMigrations() {}

    /** Answers the last order. */
    public String ordered() {
        return ordered;
    }

    @Override
    public History history(PluginId plugin) {
        boolean known = plugin.value().equals("inventory");
        Line products = new Line(1, "products", "expand", "transactional", "0123456789abcdef", true, THEN);
        Line index = new Line(2, "index", "expand", "concurrent", "abcdef0123456789", false, THEN);
        return new History(
                plugin.value(),
                known ? List.of(products) : List.of(),
                List.of(),
                Optional.of(index).filter(begun -> known));
    }

    @Override
    public List<RunningMigration> running() {
        return List.of(new RunningMigration(
                "inventory",
                "2 index",
                4711,
                THEN,
                42_000,
                "building index: scanning table",
                Optional.of(34),
                List.of("pid 12 of role mortise")));
    }

    @Override
    public Rehearsal plan(Upload upload, boolean run) {
        ordered = "plan " + upload.name() + (run ? " and run" : " and read");
        Rehearsal.Step step = new Rehearsal.Step(
                2,
                "index",
                "expand",
                "concurrent",
                List.of("CREATE INDEX CONCURRENTLY i ON t (a)"),
                Rehearsal.Result.READ,
                Optional.empty());
        return new Rehearsal(
                "inventory", "1.1.0", List.of(step), "It was only read: nothing was run.", Optional.empty());
    }

    @Override
    public WayBack wayBack(PluginId plugin, OptionalLong keep) {
        WayBack.Step step = new WayBack.Step(2, "index", "abcdef", THEN, List.of("DROP INDEX i"));
        return new WayBack(plugin.value(), List.of(step), List.of("drops 't' with 3 rows"));
    }

    @Override
    public WayBack down(PluginId plugin, OptionalLong keep, Optional<String> confirmed) {
        if (!confirmed.equals(Optional.of("2"))) {
            throw new MortiseException(ErrorCode.CONFLICT, "Confirm it with the version of the newest one, 2.");
        }
        ordered = "down " + plugin + (keep.isPresent() ? " to " + keep.getAsLong() : "");
        return wayBack(plugin, keep);
    }
}
