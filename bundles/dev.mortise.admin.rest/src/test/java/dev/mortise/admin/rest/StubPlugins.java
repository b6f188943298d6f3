// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginDetail.DependencyEntry;
import dev.mortise.kernel.admin.PluginDetail.EndpointEntry;
import dev.mortise.kernel.admin.PluginDetail.LeakEntry;
import dev.mortise.kernel.admin.PluginDetail.MetadataEntry;
import dev.mortise.kernel.admin.PluginDetail.RouteEntry;
import dev.mortise.kernel.admin.PluginDetail.SchemaEntry;
import dev.mortise.kernel.admin.PluginDetail.ServiceEntry;
import dev.mortise.kernel.admin.PluginDetail.VersionEntry;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.admin.PluginList;
import dev.mortise.kernel.admin.PluginSummary;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One plugin, reports, that waits for another; remembers orders and answers them as it is told. */
final class StubPlugins implements Plugins {
    private static final Instant SINCE = Instant.parse("2026-11-21T12:00:03Z");
    private static final PluginId REPORTS = new PluginId("reports");
    private static final String MISSING =
            "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports':"
                    + " no plugin offers it. Deploy plugin 'inventory'.";

    static final Why.Item PROBLEM = new Why.Item(
            "MISSING_DEPENDENCY",
            MISSING,
            "Deploy plugin 'inventory'.",
            Optional.of("/api/dependencies/0"),
            Optional.empty(),
            Optional.of("^1.0.0"),
            Optional.empty(),
            Optional.empty());

    /** The problem as clients see it. */
    static final String PROBLEM_JSON = """
            {"code":"MISSING_DEPENDENCY","message":"%s","remedy":"Deploy plugin 'inventory'.",
             "pointer":"/api/dependencies/0","required":"^1.0.0"}""".formatted(MISSING);

    final List<String> orders = new ArrayList<>();
    Change answer = new Change.Accepted("d-1", "It happens.");
    Preview preview = new Preview.Unavailable("Mortise starts.");
    List<PluginId> dependents = List.of();
    PluginState state = PluginState.WAITING;
    String manifest = "{\"id\":\"reports\",\"api\":{\"services\":[]},\"x\":1.50}";

    private PluginSummary summary() {
        return new PluginSummary(
                "reports", "Reports", "1.0.0", state, Optional.of(MISSING), SINCE, "bundle", "ab12", Optional.empty());
    }

    @Override
    public PluginList list() {
        var file = new PluginList.FileEntry("x.jar", "REJECTED", "x.jar is not a zip file.", SINCE);
        return new PluginList(12, 1, List.of(summary()), List.of(file));
    }

    @Override
    public Optional<PluginDetail> find(PluginId id) {
        return Optional.of(id).filter(REPORTS::equals).map(known -> detail());
    }

    private PluginDetail detail() {
        return new PluginDetail(
                summary(),
                "About stock",
                List.of(new VersionEntry("1.0.0", PluginState.WAITING, SINCE, false)),
                List.of(new ServiceEntry(
                        "reports.generator",
                        "1.0.0",
                        "UNAVAILABLE",
                        List.of(new EndpointEntry("POST", "/reports/generate", List.of("plugin.reports.generate"))))),
                List.of(new DependencyEntry(
                        "inventory", "inventory.products", "^1.0.0", true, "data", false, Optional.empty())),
                List.of(),
                List.of(new RouteEntry("POST", "/api/v1/p/reports/reports/generate")),
                new SchemaEntry(Optional.empty(), Optional.of("1")),
                List.of(),
                Optional.of(new LeakEntry("leaked", List.of("thread 'poller'"))),
                Optional.of(new MetadataEntry(
                        "error", "1.0.0", "ab".repeat(32), Optional.of(SINCE), Optional.of("It is no JSON."))),
                manifest);
    }

    @Override
    public Optional<Why> why(PluginId id) {
        return Optional.of(id)
                .filter(REPORTS::equals)
                .map(known -> new Why(
                        "reports",
                        "1.0.0",
                        PluginState.WAITING,
                        MISSING,
                        Optional.of("Deploy plugin 'inventory'."),
                        List.of("reports", "inventory"),
                        List.of(PROBLEM),
                        List.of()));
    }

    @Override
    public PluginGraph graph() {
        return new PluginGraph(
                List.of(new PluginGraph.Node("reports", "1.0.0", PluginState.WAITING)),
                List.of(new PluginGraph.Edge("reports", "inventory", "inventory.products", "^1.0.0", true, false)));
    }

    @Override
    public Change install(Upload upload) {
        orders.add("install " + told(upload));
        return answer;
    }

    @Override
    public Preview plan(Upload upload) {
        orders.add("plan " + told(upload));
        return preview;
    }

    private static String told(Upload upload) {
        try {
            String bytes = new String(upload.jar().readAllBytes(), StandardCharsets.ISO_8859_1);
            return upload.name() + " [" + bytes + "] " + upload.downgrade() + " " + upload.trigger();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Preview validate(String manifest) {
        orders.add("validate " + manifest);
        return preview;
    }

    @Override
    public Change uninstall(PluginId id, boolean force, Trigger trigger) {
        orders.add("uninstall " + id + " " + force + " " + trigger);
        return answer;
    }

    @Override
    public Change rollback(PluginId id, Optional<Version> version) {
        orders.add("rollback " + id + " " + version.map(Version::text).orElse("to the last"));
        return answer;
    }

    @Override
    public Change restart(PluginId id, Trigger trigger) {
        orders.add("restart " + id + " " + trigger);
        return answer;
    }

    @Override
    public Change move(PluginId id, String location, Trigger trigger) {
        orders.add("move " + id + " " + location + " " + trigger);
        return answer;
    }

    @Override
    public boolean satisfies(String version, String range) {
        if (!Version.valid(version)) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, "'" + version + "' is no version.");
        }
        return range.isEmpty() || range.equals("^" + version);
    }

    @Override
    public List<PluginId> dependents(PluginId id) {
        return dependents;
    }
}
