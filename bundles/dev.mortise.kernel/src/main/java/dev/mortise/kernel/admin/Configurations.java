// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.api.lifecycle.AuthVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings and credentials that tenants give to plugins, as an operator sees and changes them; secrets show as {@code ****},
 * and sent back as that they stay. Implemented by the host. Tenants are named by id or slug. Everything throws
 * {@code MortiseException}: NOT_FOUND when there is no such tenant, PLUGIN_NOT_FOUND when there is no such plugin,
 * VALIDATION_FAILED with every violation in its member {@code problems} as {@code pointer} and {@code message},
 * SERVICE_UNAVAILABLE while the database can't be reached.
 */
public interface Configurations {
    /** Answers what a tenant gave to a plugin, and what holds. */
    Configuration find(String tenant, String plugin);

    /**
     * Puts settings in place of all that the tenant gave before for fields that the plugin declares, and tells the plugin; what
     * was given for fields that only another version of it declares stays kept for that one. Credentials among them are kept with
     * the tenant's credentials; where none are among them those stay as they are.
     */
    Configuration configure(String tenant, String plugin, Map<String, ?> values);

    /** Changes one setting; the text is read as the text of an environment variable is. Without one the value is taken away. */
    Configuration set(String tenant, String plugin, String field, Optional<String> text);

    /** Puts the credentials of one method in place of those that the tenant gave before, and tells the plugin. */
    Configuration authenticate(String tenant, String plugin, String methodId, Map<String, ?> credentials);

    /**
     * Asks the plugin whether the tenant's credentials are good, and keeps the time if they are. Throws also CONFLICT when
     * the plugin is not enabled or has no credentials, PLUGIN_NOT_READY when it does not run, DEADLINE_EXCEEDED when it does
     * not answer in time.
     */
    AuthVerdict validateAuth(String tenant, String plugin);

    /**
     * What a tenant gave to a plugin.
     *
     * @param config the tenant's own values by field
     * @param fields all fields that the plugin declares, in its order
     */
    record Configuration(
            String tenant, String plugin, Map<String, Object> config, List<Field> fields, Optional<Auth> auth) {}

    /**
     * A field and its value that holds.
     *
     * @param source database, env, default, container or none
     * @param problem the sentence why it has no value that can be used, though it should
     */
    record Field(
            String name,
            String type,
            String label,
            String scope,
            boolean required,
            boolean secret,
            Optional<Object> value,
            String source,
            Optional<String> problem) {}

    /** How the tenant gave credentials, when the plugin last found them good, and how tokens stand where there are some. */
    record Auth(String methodId, Optional<Instant> validatedAt, Optional<Connection> connection) {}

    /**
     * The tokens of an authorization server.
     *
     * @param state connected, failing (could not be renewed, is tried again), expired, or reconnect (people have to connect
     *     it again)
     * @param accessToken stars
     * @param refreshToken stars, where there is one
     * @param renewedAt when the access token came
     * @param problem why it was not renewed, and what to do
     */
    record Connection(
            String state,
            String accessToken,
            Optional<String> refreshToken,
            List<String> scopes,
            Instant renewedAt,
            Optional<Instant> expiresAt,
            Optional<String> problem,
            Optional<Instant> problemAt) {}
}
