// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.admin.Tokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/** How answers about routes, tokens, tenants and health look. */
record ContainerTexts(Clock clock) {
    Page routes(RouteList list) {
        Table table = new Table("METHOD", "PATH", "OWNER", "PERMISSIONS");
        list.routes()
                .forEach(route ->
                        table.row(route.method(), route.path(), route.owner(), String.join(" ", route.permissions())));
        return new Page().table(table, "There are no routes.");
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
                        tenant.state().name().toLowerCase(Locale.ROOT)));
        return new Page().table(table, "There are no tenants.");
    }

    Page installations(InstallationList list) {
        Table table = new Table("PLUGIN", "ENABLED", "STATE", "REVOKED", "REASON");
        list.installations()
                .forEach(one -> table.row(
                        one.plugin(),
                        one.enabled() ? "yes" : "no",
                        one.runtimeState().text(),
                        String.join(" ", one.revoked()),
                        one.reason()));
        return new Page().table(table, "There are no plugins.");
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

    private String left(Instant end) {
        Instant now = clock.instant();
        return end.isAfter(now) ? "in " + Age.of(now, end) : "expired";
    }

    private String age(Instant then) {
        return Age.of(then, clock.instant());
    }
}
