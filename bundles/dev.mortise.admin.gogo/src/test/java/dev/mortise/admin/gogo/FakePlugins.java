// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two plugins, of which one waits for the other; takes orders down. */
final class FakePlugins implements Plugins {
    static final String SENTENCE = "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': "
            + "no plugin offers it. Deploy plugin 'inventory'.";

    final List<String> orders = new ArrayList<>();
    Change answer = new Change.Accepted("d-1", "It happens.");
    Preview preview = new Preview.Unavailable("Mortise starts.");
    SchemaEntry schema = new SchemaEntry(Optional.of("2"), Optional.of("2"));
    Optional<LeakEntry> leak = Optional.empty();
    Optional<MetadataEntry> metadata = Optional.empty();
    List<String> warnings = List.of("Old name.");
    String description = "About it";
    Optional<String> summary = Optional.empty();
    PluginList list = new PluginList(
            3,
            2,
            List.of(
                    summary("crm", PluginState.READY, Optional.empty()),
                    summary("reports", PluginState.WAITING, Optional.of(SENTENCE))),
            List.of());

    @Override
    public PluginList list() {
        return list;
    }

    @Override
    public Optional<PluginDetail> find(PluginId id) {
        return known(id)
                .map(summary -> new PluginDetail(
                        summary,
                        description,
                        List.of(new VersionEntry("1.0.0", summary.state(), Shell.NOW, true)),
                        List.of(new ServiceEntry(
                                id + ".things",
                                "1.0.0",
                                "HEALTHY",
                                List.of(new EndpointEntry("GET", "/things", List.of("plugin.read"))))),
                        List.of(
                                new DependencyEntry(
                                        "inventory", "inventory.products", "^1.0.0", true, "", false, Optional.empty()),
                                new DependencyEntry("nope", "nope.s", "^1.0.0", false, "", false, Optional.empty()),
                                new DependencyEntry(
                                        "crm", "crm.contacts", "^1.0.0", false, "", true, Optional.of("1.2.0"))),
                        List.of("dashboard"),
                        List.of(new RouteEntry("GET", "/api/v1/p/" + id + "/things")),
                        schema,
                        warnings,
                        leak,
                        metadata,
                        "{}"));
    }

    @Override
    public Optional<Why> why(PluginId id) {
        return known(id)
                .map(known -> new Why(
                        known.id(),
                        known.version(),
                        known.state(),
                        summary.or(known::reason).orElse("Plugin '" + id + "' 1.0.0 is " + known.state() + "."),
                        known.reason().map(reason -> "Deploy plugin 'inventory'."),
                        known.reason().isEmpty() ? List.of(known.id()) : List.of("reports", "inventory"),
                        known.reason().stream().map(FakePlugins::problem).toList(),
                        warnings));
    }

    @Override
    public PluginGraph graph() {
        return new PluginGraph(
                list.plugins().stream()
                        .map(p -> new PluginGraph.Node(p.id(), p.version(), p.state()))
                        .toList(),
                List.of(
                        new PluginGraph.Edge("reports", "inventory", "inventory.products", "^1.0.0", true, false),
                        new PluginGraph.Edge("reports", "crm", "crm.contacts", "^1.0.0", false, true)));
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
            String bytes = new String(upload.jar().readAllBytes(), StandardCharsets.UTF_8);
            return upload.name() + " [" + bytes + "] " + upload.downgrade() + " " + upload.trigger();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Preview validate(String manifest) {
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
        return false;
    }

    @Override
    public List<PluginId> dependents(PluginId id) {
        return List.of();
    }

    static Why.Item problem(String sentence) {
        return new Why.Item(
                "MISSING_DEPENDENCY",
                sentence,
                "Deploy plugin 'inventory'.",
                Optional.of("/api/dependencies/0"),
                Optional.empty(),
                Optional.of("^1.0.0"),
                Optional.empty(),
                Optional.of(new Why.Nearest("inventory", "2.0.0", "outside ^1.0.0")));
    }

    static PluginSummary summary(String id, PluginState state, Optional<String> reason) {
        return new PluginSummary(
                id,
                id,
                "1.0.0",
                state,
                reason,
                Shell.NOW.minusSeconds(90),
                "bundle",
                "ab12",
                Optional.of(id + "-1.0.0.jar"));
    }

    private Optional<PluginSummary> known(PluginId id) {
        return list.plugins().stream().filter(p -> p.id().equals(id.value())).findFirst();
    }
}
