// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of tests, and what lies around them. */
final class Fields {
    static final Surroundings NOTHING = around(Map.of());
    static final ConfigField CURRENCY = new ConfigField(
            "currency",
            ConfigField.Type.STRING,
            "Currency",
            "",
            true,
            Optional.empty(),
            Optional.of("REPORTS_CURRENCY"),
            false,
            Scope.TENANT,
            new Limits(Optional.of("[A-Z]*"), Optional.empty(), Optional.empty(), List.of()));
    static final ConfigField KEY = plain("apiKey", ConfigField.Type.STRING, Scope.TENANT);
    static final ConfigSchema SCHEMA = new ConfigSchema(
            List.of(
                    CURRENCY,
                    KEY,
                    plain("rounds", ConfigField.Type.INTEGER, Scope.TENANT),
                    plain("site", ConfigField.Type.STRING, Scope.CONTAINER)),
            List.of(new ApiKey("key", "Key", "apiKey")));

    private Fields() {}

    static ConfigField plain(String name, ConfigField.Type type, Scope scope) {
        return new ConfigField(
                name, type, name, "", false, Optional.empty(), Optional.empty(), false, scope, Limits.NONE);
    }

    static ConfigField variable(ConfigField.Type type) {
        return new ConfigField(
                "f", type, "F", "", false, Optional.of(1), Optional.of("F"), false, Scope.TENANT, Limits.NONE);
    }

    static Surroundings around(Map<String, String> variables) {
        return new Surroundings(
                name -> Optional.ofNullable(variables.get(name)),
                text -> text.equals("[]") ? Optional.of(List.of()) : Optional.empty());
    }
}
