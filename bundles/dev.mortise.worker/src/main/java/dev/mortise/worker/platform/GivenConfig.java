// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settings of the plugin: what was given for the tenant, else the environment of the process, else the default. */
record GivenConfig(PluginManifest manifest, TenantValues values, Surroundings around, Json json)
        implements PluginConfig {
    @Override
    public String text(String field) {
        return needed(field, findText(field));
    }

    @Override
    public Optional<String> findText(String field) {
        return find(field, ConfigField.Type.STRING).map(String.class::cast);
    }

    @Override
    public BigDecimal number(String field) {
        return needed(field, findNumber(field));
    }

    @Override
    public Optional<BigDecimal> findNumber(String field) {
        return find(field, ConfigField.Type.NUMBER, ConfigField.Type.INTEGER)
                .map(value -> new BigDecimal(value.toString()));
    }

    @Override
    public boolean flag(String field) {
        return needed(field, findFlag(field));
    }

    @Override
    public Optional<Boolean> findFlag(String field) {
        return find(field, ConfigField.Type.BOOLEAN).map(Boolean.class::cast);
    }

    @Override
    public <T> T json(String field, Class<T> type) {
        return needed(field, findJson(field, type));
    }

    @Override
    public <T> Optional<T> findJson(String field, Class<T> type) {
        return find(field, ConfigField.Type.JSON).map(value -> json.read(text(value), type));
    }

    private String text(Object value) {
        try {
            return json.write(value).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Object> find(String name, ConfigField.Type... types) {
        ConfigField field = declared(name, List.of(types));
        Optional<Object> given = field.scope() == ConfigField.Scope.CONTAINER
                ? values.ofContainer(name)
                : values.of(BoundContexts.tenant("PluginConfig", plugin()).value())
                        .flatMap(part -> Optional.ofNullable(part.config().get(name)));
        Effective effective = Effective.of(field, given, around);
        if (effective instanceof Effective.Unusable unusable) {
            throw notReady(unusable.sentence());
        }
        return effective instanceof Effective.Found found ? Optional.of(found.value()) : Optional.empty();
    }

    private ConfigField declared(String name, List<ConfigField.Type> types) {
        ConfigField field = manifest.config()
                .field(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Plugin '%s' declares no field '%s' in the config of its plugin.json. It declares: %s."
                                .formatted(plugin(), name, names())));
        if (!types.contains(field.type())) {
            throw new IllegalArgumentException("Field '%s' of plugin '%s' is of type %s. Use the method for that."
                    .formatted(name, plugin(), field.type().text()));
        }
        return field;
    }

    private String names() {
        String names =
                manifest.config().fields().stream().map(ConfigField::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private <T> T needed(String name, Optional<T> value) {
        return value.orElseThrow(() ->
                notReady(manifest.config().field(name).map(Effective::missing).orElse("'" + name + "' has no value.")));
    }

    private MortiseException notReady(String sentence) {
        String whose = BoundContext.find()
                .flatMap(context -> context.tenant())
                .map(tenant -> " for tenant '" + tenant + "'")
                .orElse("");
        return new MortiseException(
                ErrorCode.PLUGIN_NOT_READY, "Plugin '%s' lacks a setting%s. %s".formatted(plugin(), whose, sentence));
    }

    private String plugin() {
        return manifest.id().value();
    }
}
