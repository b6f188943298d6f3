// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Found;
import dev.mortise.rules.config.Effective.Unusable;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Settings as one plugin version reads them; its mapper goes with it, and may know classes of the plugin. */
record PluginValues(PluginId plugin, ConfigSchema schema, ConfigSources sources, Json own, FileCheck file)
        implements PluginConfig {
    @Override
    public String text(String field) {
        return needed(field, findText(field));
    }

    @Override
    public Optional<String> findText(String field) {
        return find(field, Set.of(ConfigField.Type.STRING)).map(String.class::cast);
    }

    @Override
    public BigDecimal number(String field) {
        return needed(field, findNumber(field));
    }

    @Override
    public Optional<BigDecimal> findNumber(String field) {
        return find(field, Set.of(ConfigField.Type.NUMBER, ConfigField.Type.INTEGER))
                .map(value -> new BigDecimal(value.toString()));
    }

    @Override
    public boolean flag(String field) {
        return needed(field, findFlag(field));
    }

    @Override
    public Optional<Boolean> findFlag(String field) {
        return find(field, Set.of(ConfigField.Type.BOOLEAN)).map(Boolean.class::cast);
    }

    @Override
    public <T> T json(String field, Class<T> type) {
        return needed(field, findJson(field, type));
    }

    @Override
    public <T> Optional<T> findJson(String field, Class<T> type) {
        return find(field, Set.of(ConfigField.Type.JSON)).map(value -> own.read(sources.write(value), type));
    }

    private Optional<Object> find(String name, Set<ConfigField.Type> types) {
        ConfigField field = declared(name, types);
        if (field.scope() == Scope.CONTAINER) {
            file.look();
        }
        Effective effective = field.scope() == Scope.CONTAINER
                ? new ConfigReader(sources, plugin, schema).ofContainer(field)
                : new ConfigReader(sources, plugin, schema).ofTenant(tenant(plugin, "PluginConfig"), field);
        if (effective instanceof Unusable unusable) {
            throw notReady(unusable.sentence());
        }
        return effective instanceof Found found ? Optional.of(found.value()) : Optional.empty();
    }

    private ConfigField declared(String name, Set<ConfigField.Type> types) {
        ConfigField field = schema.field(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Plugin '%s' declares no field '%s' in the config of its plugin.json. It declares: %s."
                                .formatted(plugin, name, names())));
        if (!types.contains(field.type())) {
            throw new IllegalArgumentException("Field '%s' of plugin '%s' is of type %s. Use the method for that."
                    .formatted(name, plugin, field.type().text()));
        }
        return field;
    }

    private String names() {
        return schema.fields().isEmpty()
                ? "none"
                : schema.fields().stream().map(ConfigField::name).collect(Collectors.joining(", "));
    }

    private <T> T needed(String name, Optional<T> value) {
        return value.orElseThrow(
                () -> notReady(schema.field(name).map(Effective::missing).orElse("'" + name + "' has no value.")));
    }

    private MortiseException notReady(String sentence) {
        String whose = BoundContext.find()
                .flatMap(CallContext::tenant)
                .map(tenant -> " for tenant '" + tenant + "'")
                .orElse("");
        return new MortiseException(
                ErrorCode.PLUGIN_NOT_READY, "Plugin '%s' lacks a setting%s. %s".formatted(plugin, whose, sentence));
    }

    /** Answers the tenant that the current thread works for. */
    static TenantId tenant(PluginId plugin, String service) {
        String asker = service + " of plugin '" + plugin + "'";
        return BoundContext.require(asker)
                .tenant()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NO_CONTEXT,
                        asker + " was used in a context without tenant. Use it in a call of a tenant, or make a context"
                                + " with Tenants.run(tenant, task)."));
    }
}
