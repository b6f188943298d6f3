// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Settings as a test wants them, for all tenants alike; values of type json are given as the objects that they are read as. */
public final class FakeConfig implements PluginConfig {
    private final Map<String, Object> values = new ConcurrentHashMap<>();

    /** Makes settings without values. */
    public FakeConfig() {}

    /** Gives a field a value. */
    public FakeConfig with(String field, Object value) {
        values.put(field, value);
        return this;
    }

    /** Takes a field's value away. */
    public FakeConfig without(String field) {
        values.remove(field);
        return this;
    }

    @Override
    public String text(String field) {
        return needed(field, findText(field));
    }

    @Override
    public Optional<String> findText(String field) {
        return findJson(field, String.class);
    }

    @Override
    public BigDecimal number(String field) {
        return needed(field, findNumber(field));
    }

    @Override
    public Optional<BigDecimal> findNumber(String field) {
        return findJson(field, Number.class).map(number -> new BigDecimal(number.toString()));
    }

    @Override
    public boolean flag(String field) {
        return needed(field, findFlag(field));
    }

    @Override
    public Optional<Boolean> findFlag(String field) {
        return findJson(field, Boolean.class);
    }

    @Override
    public <T> T json(String field, Class<T> type) {
        return needed(field, findJson(field, type));
    }

    @Override
    public <T> Optional<T> findJson(String field, Class<T> type) {
        return Optional.ofNullable(values.get(field)).map(type::cast);
    }

    private static <T> T needed(String field, Optional<T> value) {
        return value.orElseThrow(() -> new MortiseException(
                ErrorCode.PLUGIN_NOT_READY, "'" + field + "' is required and has no value. Set it."));
    }
}
