// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.admin.Services.Instance;
import dev.mortise.kernel.admin.Tokens;
import java.time.Clock;
import java.time.Instant;

/** How answers about services, routes, migrations, tokens, tenants and health look. */
record ContainerTexts(Clock clock) {
    Page services(ServiceList list) {
        Table table = new Table("SERVICE", "VERSION", "PLUGIN", "LOCATION", "STATUS");
        list.services()
                .forEach(instance -> table.row(
                        instance.serviceName(),
                        instance.version(),
                        instance.pluginId() + " " + instance.pluginVersion(),
                        instance.location(),
                        instance.status()));
        return new Page().table(table, "No plugin offers a service.");
    }

    Page offers(ServiceOffers offers) {
        Page page = new Page();
        offers.instances().forEach(instance -> offer(page, instance));
        return page;
    }

    Page routes(RouteList list) {
        Table table = new Table("METHOD", "PATH", "OWNER", "PERMISSIONS");
        list.routes()
                .forEach(route ->
                        table.row(route.method(), route.path(), route.owner(), String.join(" ", route.permissions())));
        return new Page().table(table, "There are no routes.");
    }

    Page migrations(MigrationList list) {
        Table table = new Table("VERSION", "DESCRIPTION", "PHASE", "CHECKSUM", "APPLIED");
        list.migrations()
                .forEach(line -> table.row(
                        Long.toString(line.version()),
                        line.description(),
                        line.phase(),
                        line.checksum()
                                .substring(0, Math.min(12, line.checksum().length())),
                        age(line.appliedAt())));
        return new Page().table(table, "No migration of plugin '" + Escape.text(list.plugin()) + "' was applied.");
    }

    Page tokens(TokenList list) {
        Table table = new Table("ID", "KIND", "PLUGIN", "TENANT", "CREATED", "EXPIRES");
        list.tokens()
                .forEach(token -> table.row(
                        token.id(),
                        token.kind(),
                        token.plugin().orElse(""),
                        token.tenant().orElse(""),
                        age(token.createdAt()),
                        token.expiresAt().map(this::left).orElse("never")));
        return new Page().table(table, "There are no tokens.");
    }

    Page made(Tokens.Created.Made made) {
        return new Page()
                .line("Id", made.token().id())
                .line("Token", made.text())
                .line("Expires", made.token().expiresAt().map(Instant::toString).orElse("never"))
                .line("The token is shown this once.");
    }

    Page tenants(TenantList list) {
        Table table = new Table("ID", "SLUG", "NAME", "STATE");
        list.tenants()
                .forEach(tenant -> table.row(
                        tenant.id().value(),
                        tenant.slug(),
                        tenant.name(),
                        tenant.suspended() ? "suspended" : "active"));
        return new Page().table(table, "There are no tenants.");
    }

    Page health(Health.Report report) {
        Table plugins = new Table("PLUGIN", "VERSION", "STATE");
        report.plugins().forEach(plugin -> plugins.row(plugin.id(), plugin.version(), plugin.state()));
        return new Page()
                .line("Mortise " + report.version() + ", edition " + report.edition() + ", is " + report.status() + ".")
                .line("Features", report.features())
                .section(
                        "Checks",
                        report.checks().stream()
                                .map(check -> check.name() + " " + check.status() + ": " + check.message())
                                .toList())
                .line("")
                .table(plugins, "There are no plugins.");
    }

    private void offer(Page page, Instance instance) {
        page.line(instance.serviceName() + " " + instance.version() + " is " + instance.status())
                .line("Plugin", instance.pluginId() + " " + instance.pluginVersion())
                .line("Location", instance.location() + " on node " + instance.nodeId())
                .line("Address", instance.path())
                .line("Tenant", instance.tenantId())
                .line("Last seen", age(instance.lastSeenAt()) + " ago")
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

    private String left(Instant end) {
        Instant now = clock.instant();
        return end.isAfter(now) ? "in " + Age.of(now, end) : "expired";
    }

    private String age(Instant then) {
        return Age.of(then, clock.instant());
    }
}
