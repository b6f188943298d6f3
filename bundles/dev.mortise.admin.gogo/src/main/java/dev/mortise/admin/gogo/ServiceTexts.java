// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Services.Instance;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How answers about services look. */
record ServiceTexts(Clock clock) {
    /** Answers one line an instance. What would stand in no line, or the same in each, is left to {@code service <name>}. */
    Page all(ServiceList list) {
        List<Instance> instances = list.services();
        List<Column> columns = new ArrayList<>(List.of(
                new Column("SERVICE", Instance::serviceName),
                new Column("VERSION", Instance::version),
                new Column("PLUGIN", instance -> instance.pluginId() + " " + instance.pluginVersion()),
                new Column("LOCATION", Instance::location),
                new Column("STATUS", Instance::status)));
        if (instances.stream().map(Instance::nodeId).distinct().count() > 1) {
            columns.add(new Column("NODE", Instance::nodeId));
        }
        optional("TENANT", Instance::tenantId, instances).ifPresent(columns::add);
        if (instances.stream().anyMatch(instance -> instance.address().isPresent())) {
            columns.add(new Column("SEEN", this::age));
        }
        optional("ADDRESS", Instance::address, instances).ifPresent(columns::add);
        return new Page().table(table(columns, instances), "No plugin offers a service.");
    }

    /** Answers all that is known of the instances of one service. */
    Page one(ServiceOffers offers) {
        Page page = new Page();
        offers.instances().forEach(instance -> add(page, instance));
        return page;
    }

    private record Column(String heading, Function<Instance, String> cell) {}

    private static Optional<Column> optional(
            String heading, Function<Instance, Optional<String>> cell, List<Instance> instances) {
        return instances.stream().anyMatch(instance -> cell.apply(instance).isPresent())
                ? Optional.of(
                        new Column(heading, instance -> cell.apply(instance).orElse("")))
                : Optional.empty();
    }

    private static Table table(List<Column> columns, List<Instance> instances) {
        Table table = new Table(columns.stream().map(Column::heading).toArray(String[]::new));
        instances.forEach(instance -> table.row(
                columns.stream().map(column -> column.cell().apply(instance)).toArray(String[]::new)));
        return table;
    }

    private void add(Page page, Instance instance) {
        page.line(instance.serviceName() + " " + instance.version() + " is " + instance.status())
                .line("Instance", instance.serviceId())
                .line("Plugin", instance.pluginId() + " " + instance.pluginVersion())
                .line("Location", instance.location() + " on node " + instance.nodeId())
                .line("Address", instance.address())
                .line("Path", instance.path())
                .line("Tenant", instance.tenantId())
                .line("Last seen", age(instance) + " ago")
                .section(
                        "Endpoints",
                        instance.endpoints().stream()
                                .map(endpoint -> endpoint.method() + " " + endpoint.path() + "  "
                                        + String.join(", ", endpoint.permissions()))
                                .toList())
                .section(
                        "Metadata",
                        instance.metadata().entrySet().stream()
                                .map(entry -> entry.getKey() + " = " + entry.getValue())
                                .sorted()
                                .toList());
    }

    private String age(Instance instance) {
        return Age.of(instance.lastSeenAt(), clock.instant());
    }
}
