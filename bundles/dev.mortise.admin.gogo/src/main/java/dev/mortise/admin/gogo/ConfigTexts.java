// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.admin.Configurations.Auth;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Configurations.Connection;
import dev.mortise.kernel.admin.Connections.Begun;
import java.time.Instant;

/** How settings look. */
final class ConfigTexts {
    private ConfigTexts() {}

    static Page page(Configuration configuration) {
        Table table = new Table("FIELD", "TYPE", "VALUE", "SOURCE", "PROBLEM");
        configuration
                .fields()
                .forEach(field -> table.row(
                        field.name(),
                        field.type(),
                        field.value().map(String::valueOf).orElse(""),
                        field.source(),
                        field.problem().orElse("")));
        Page page = new Page().table(table, "Plugin '" + Escape.text(configuration.plugin()) + "' has no settings.");
        configuration.auth().ifPresent(auth -> auth(page, auth));
        return page;
    }

    static Page begun(Begun begun) {
        return new Page()
                .line("Open this address until " + begun.expiresAt() + " and allow the access:")
                .line(begun.authorizationUrl())
                .line("Then run 'connection complete' with the address that the browser was sent back to, in quotes.");
    }

    static Sentence verdict(AuthVerdict verdict) {
        String said = verdict.message()
                .map(Escape::text)
                .map(message -> " " + message)
                .orElse("");
        return new Sentence((verdict.valid() ? "The credentials are good." : "The credentials are not good.") + said);
    }

    private static void auth(Page page, Auth auth) {
        page.line("")
                .line("Credentials", auth.methodId())
                .line("Validated", auth.validatedAt().map(Instant::toString).orElse("never"));
        auth.connection().ifPresent(connection -> connection(page, connection));
    }

    private static void connection(Page page, Connection connection) {
        page.line("Connection", connection.state())
                .line("Token until", connection.expiresAt().map(Instant::toString))
                .line("Problem", connection.problem().map(Escape::text))
                .line("Since", connection.problemAt().map(Instant::toString));
    }
}
