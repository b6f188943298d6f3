// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Configurations.Configuration;
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
        configuration.auth().ifPresent(auth -> page.line("")
                .line("Credentials", auth.methodId())
                .line("Validated", auth.validatedAt().map(Instant::toString).orElse("never")));
        return page;
    }
}
