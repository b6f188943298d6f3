// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.tenancy.House;
import dev.mortise.host.tenancy.NotedHooks;
import dev.mortise.host.tenancy.Policy;
import dev.mortise.host.tenancy.TenantNotices;
import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.Secrets;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.TestJson;
import dev.mortise.testkit.port.MapOAuthStore;
import dev.mortise.testkit.port.MapSettingsStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Plugin {@code reports} with settings of every kind, for tenants acme and beta. */
final class Given {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final PluginId REPORTS = new PluginId("reports");
    static final TenantId ACME = House.ACME;
    static final ConfigSchema SCHEMA = new ConfigSchema(
            List.of(
                    field("currency", ConfigField.Type.STRING, Optional.of("EUR"), ConfigField.Scope.TENANT),
                    field("rounds", ConfigField.Type.INTEGER, Optional.empty(), ConfigField.Scope.TENANT),
                    field("on", ConfigField.Type.BOOLEAN, Optional.empty(), ConfigField.Scope.TENANT),
                    field("free", ConfigField.Type.JSON, Optional.empty(), ConfigField.Scope.TENANT),
                    new ConfigField(
                            "pin",
                            ConfigField.Type.NUMBER,
                            "PIN",
                            "",
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            true,
                            ConfigField.Scope.TENANT,
                            Limits.NONE),
                    field("apiKey", ConfigField.Type.STRING, Optional.empty(), ConfigField.Scope.TENANT),
                    field("site", ConfigField.Type.STRING, Optional.empty(), ConfigField.Scope.CONTAINER)),
            List.of(new ApiKey("key", "Key", "apiKey")));

    final MapSettingsStore store = new MapSettingsStore();
    final MapOAuthStore tokens = new MapOAuthStore(Clock.fixed(NOW, ZoneOffset.UTC));
    final NotedHooks hooks = new NotedHooks();
    final SettingsLimit limit = new SettingsLimit(20_000);
    final ConfigSources sources;
    final House house;
    final ConfigurationOrders orders;

    Given(Path etc, Map<String, String> environment) {
        this(etc, environment, Policy.ALL);
    }

    Given(Path etc, Map<String, String> environment, Policy policy) {
        house = new House(policy)
                .deploy(PluginBuilder.plugin("reports").config(SCHEMA))
                .hooks("reports", hooks);
        sources = new ConfigSources(
                () -> Optional.of(store),
                () -> Optional.of(tokens),
                () -> Optional.of(new BoundTexts()),
                TestJson.factory().exact(),
                new OperatorFiles(etc, environment),
                limit);
        orders = new ConfigurationOrders(
                sources, new TenantNotices(house.tenancy, Duration.ofMillis(200)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Answers who takes orders about a version with other fields, and knows what is kept. */
    ConfigurationOrders updated(ConfigSchema schema) {
        House next = new House(Policy.ALL)
                .deploy(PluginBuilder.plugin("reports").config(schema))
                .hooks("reports", hooks);
        return new ConfigurationOrders(
                sources, new TenantNotices(next.tenancy, Duration.ofMillis(200)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    TenantNotices.Target target() {
        return new TenantNotices(house.tenancy, Duration.ofMillis(200)).target("acme", "reports");
    }

    PluginValues values() {
        return new PluginValues(REPORTS, SCHEMA, sources, TestJson.json(), new FileCheck(REPORTS, SCHEMA, sources));
    }

    TenantCredentials credentials() {
        return new TenantCredentials(
                new StoredCredentials(REPORTS, SCHEMA, sources), (tenant, stored) -> "token of " + tenant);
    }

    /** Answers a field like another one. */
    static ConfigField with(ConfigField field, boolean encrypted, ConfigField.Scope scope) {
        return new ConfigField(
                field.name(),
                field.type(),
                field.label(),
                field.description(),
                field.required(),
                field.fallback(),
                field.env(),
                encrypted,
                scope,
                field.limits());
    }

    static ConfigField field(String name, ConfigField.Type type, Optional<Object> fallback, ConfigField.Scope scope) {
        return new ConfigField(
                name,
                type,
                name,
                "",
                false,
                fallback,
                Optional.of("REPORTS_" + name.toUpperCase(Locale.ROOT)),
                false,
                scope,
                Limits.NONE);
    }

    /** Seals by turning the text round and writing the place before it. */
    private static final class BoundTexts implements Secrets {
        @Override
        public String seal(Owner owner, String text) {
            return owner + "|" + new StringBuilder(text).reverse();
        }

        @Override
        public String open(Owner owner, String envelope) {
            String prefix = owner + "|";
            if (!envelope.startsWith(prefix)) {
                throw new MortiseException(ErrorCode.INTERNAL, "It does not open.");
            }
            return new StringBuilder(envelope.substring(prefix.length()))
                    .reverse()
                    .toString();
        }
    }
}
