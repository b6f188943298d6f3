// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.config;

import java.math.BigDecimal;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The values of the fields in {@code config} of the plugin's {@code plugin.json}: the tenant's own, else that of an
 * environment variable that the operator allows, else the default. A service of the container, for each plugin its own. A
 * field of scope {@code tenant} is read in a call, or other work, of that tenant; one of scope {@code container} everywhere.
 * Values may change between two calls; {@code PluginLifecycle.configUpdated} tells when a tenant changed them.
 *
 * <p>Every method throws {@code MortiseException}: NO_CONTEXT for a field of scope tenant where there is no tenant,
 * PLUGIN_NOT_READY when the value can't be used, and, of those that answer no Optional, when there is none. A field that
 * is not declared, or has another type, is an {@code IllegalArgumentException}.
 */
@ProviderType
public interface PluginConfig {
    /** Answers the value of a field of type string. */
    String text(String field);

    /** Answers the value of a field of type string, if it has one; the empty text is one. */
    Optional<String> findText(String field);

    /** Answers the value of a field of type number or integer. */
    BigDecimal number(String field);

    /** Answers the value of a field of type number or integer, if it has one. */
    Optional<BigDecimal> findNumber(String field);

    /** Answers the value of a field of type boolean. */
    boolean flag(String field);

    /** Answers the value of a field of type boolean, if it has one. */
    Optional<Boolean> findFlag(String field);

    /** Reads the value of a field of type json. */
    <T> T json(String field, Class<T> type);

    /** Reads the value of a field of type json, if it has one. */
    <T> Optional<T> findJson(String field, Class<T> type);
}
