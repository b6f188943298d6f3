// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginDetail.DependencyEntry;
import dev.mortise.kernel.admin.PluginDetail.LeakEntry;
import dev.mortise.kernel.admin.PluginDetail.MetadataEntry;
import dev.mortise.kernel.admin.PluginDetail.SchemaEntry;
import dev.mortise.kernel.admin.PluginDetail.ServiceEntry;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.admin.PluginGraph.Edge;
import dev.mortise.kernel.admin.PluginList;
import dev.mortise.kernel.admin.PluginSummary;
import dev.mortise.kernel.admin.Why;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How answers about plugins look. */
record PluginTexts(Clock clock) {
    Page list(PluginList list) {
        Table plugins = new Table("ID", "VERSION", "STATE", "SINCE", "REASON");
        list.plugins()
                .forEach(plugin -> plugins.row(
                        plugin.id(),
                        plugin.version(),
                        plugin.state().name(),
                        age(plugin.since()),
                        plugin.reason().orElse("")));
        Page page = new Page().table(plugins, "There are no plugins. Drop jars into the folder plugins/.");
        if (!list.files().isEmpty()) {
            Table files = new Table("FILE", "STATE", "SINCE", "REASON");
            list.files().forEach(file -> files.row(file.file(), file.state(), age(file.since()), file.reason()));
            page.line("").table(files, "");
        }
        return page;
    }

    Page summary(PluginSummary plugin) {
        return new Page()
                .line(plugin.id() + " " + plugin.version() + " " + plugin.state()
                        + plugin.reason().map(reason -> ": " + reason).orElse(""));
    }

    Page detail(PluginDetail plugin) {
        PluginSummary summary = plugin.summary();
        return new Page()
                .line(summary.id() + " " + summary.version() + " is " + summary.state() + " for "
                        + age(summary.since()))
                .line("Name", summary.name())
                .line("Description", Optional.of(plugin.description()).filter(text -> !text.isBlank()))
                .line("Reason", summary.reason())
                .line("File", summary.file())
                .line("SHA-256", summary.sha256())
                .line("Location", summary.location())
                .line("Schema", schema(plugin.schema()))
                .line("Metadata", plugin.metadata().map(this::metadata))
                .line("Needed by", plugin.dependents())
                .section(
                        "Versions",
                        plugin.versions().stream()
                                .map(version -> version.version() + " " + version.state()
                                        + (version.active() ? ", active" : ""))
                                .toList())
                .section(
                        "Services",
                        plugin.services().stream().flatMap(PluginTexts::service).toList())
                .section(
                        "Dependencies",
                        plugin.dependencies().stream()
                                .map(PluginTexts::dependency)
                                .toList())
                .section(
                        "Routes",
                        plugin.routes().stream()
                                .map(route -> route.method() + " " + route.path())
                                .toList())
                .section("Warnings", plugin.warnings())
                .line("Leak", plugin.leak().map(LeakEntry::verdict))
                .section("Held by", plugin.leak().map(LeakEntry::holders).orElse(List.of()));
    }

    Page why(Why why) {
        Page page = new Page()
                .line(why.id() + " " + why.version() + " is " + why.state() + ".")
                .line(beyond(why));
        why.problems().forEach(problem -> page.line(problem.message())
                .line(
                        "  Problem",
                        problem.code()
                                + problem.pointer().map(at -> " at " + at).orElse(""))
                .line("  Path", problem.path().map(path -> String.join(" -> ", path)))
                .line("  Required", problem.required())
                .line("  Found", problem.found())
                .line(
                        "  Nearest",
                        problem.nearest()
                                .map(nearest -> nearest.pluginId() + " " + nearest.version() + ": " + nearest.whyNot()))
                .line("  Remedy", problem.remedy()));
        if (why.problems().isEmpty()) {
            page.line("Remedy", why.remedy());
        }
        if (why.chain().size() > 1) {
            page.line("Chain", String.join(" -> ", why.chain()));
        }
        return page.section("Warnings", why.warnings());
    }

    Page graph(PluginGraph graph) {
        Page page = new Page();
        if (graph.nodes().isEmpty()) {
            page.line("There are no plugins.");
        }
        graph.nodes().forEach(node -> {
            page.line(node.id() + " " + node.version() + " " + node.state());
            graph.edges().stream()
                    .filter(edge -> edge.from().equals(node.id()))
                    .forEach(edge -> page.line("  -> " + edge.to() + ": " + edge(edge)));
        });
        return page;
    }

    Page dependencies(Dependencies dependencies) {
        Page page = new Page();
        if (dependencies.needs().isEmpty()) {
            page.line(dependencies.plugin() + " needs no other plugin.");
        }
        page.section(
                dependencies.plugin() + " needs",
                dependencies.needs().stream().map(PluginTexts::dependency).toList());
        return (dependencies.neededBy().isEmpty()
                ? page.line("No plugin needs it.")
                : page.line("Needed by: " + String.join(", ", dependencies.neededBy())));
    }

    private String metadata(MetadataEntry metadata) {
        return metadata.state()
                + metadata.fetchedAt().map(at -> ", read " + age(at) + " ago").orElse("")
                + metadata.error().map(why -> ": " + Escape.text(why)).orElse("");
    }

    /** Answers how far the schema is, and the code where it is elsewhere. */
    private static Optional<String> schema(SchemaEntry schema) {
        Optional<String> code =
                schema.code().filter(expected -> !schema.version().equals(schema.code()));
        return schema.version()
                .or(() -> code.map(expected -> "none"))
                .map(version ->
                        version + code.map(expected -> ", code " + expected).orElse(""));
    }

    /** Answers what the summary says beyond the state and the problems, which are told anyway. */
    private static Optional<String> beyond(Why why) {
        String rest =
                why.summary().replace("Plugin '%s' %s is %s.".formatted(why.id(), why.version(), why.state()), "");
        for (Why.Item problem : why.problems()) {
            rest = rest.replace(problem.message(), "");
        }
        return Optional.of(rest.strip()).filter(text -> !text.isEmpty());
    }

    private static String edge(Edge edge) {
        return edge.serviceName() + " " + edge.range() + optional(edge.required())
                + (edge.satisfied() ? "" : ", not satisfied");
    }

    private static String dependency(DependencyEntry entry) {
        return entry.serviceName() + " " + entry.range() + " of " + entry.pluginId() + optional(entry.required())
                + entry.resolvedVersion().map(version -> ", is " + version).orElse(", not satisfied");
    }

    private static String optional(boolean required) {
        return required ? "" : " (optional)";
    }

    private static Stream<String> service(ServiceEntry service) {
        return Stream.concat(
                Stream.of(service.name() + " " + service.version() + " " + service.health()),
                service.endpoints().stream()
                        .map(endpoint -> "  " + endpoint.method() + " " + endpoint.path()
                                + (endpoint.permissions().isEmpty()
                                        ? ""
                                        : "  " + String.join(", ", endpoint.permissions()))));
    }

    private String age(Instant since) {
        return Age.of(since, clock.instant());
    }
}
