// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.call.Identity;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import java.util.Optional;

/**
 * Who uses the service registry: a credential that is bound to a plugin, which speaks for that plugin, or an administrator,
 * who speaks for any.
 *
 * @param plugin the one plugin; empty for administrators
 */
record Speaker(String identity, Optional<String> plugin) {
    /** Answers who speaks, or refuses everybody else. */
    static Speaker of(Request request) {
        Identity identity = request.context().identity();
        if (identity.plugin().isEmpty() && !administers(request)) {
            throw new MortiseException(
                    ErrorCode.PERMISSION_DENIED,
                    "The service registry is for plugins and administrators. '" + identity.id()
                            + "' needs 'mortise.admin' or a credential that is bound to a plugin.");
        }
        return new Speaker(identity.id(), identity.plugin());
    }

    /** Tells whether an administrator asks. */
    static boolean administers(Request request) {
        return request.context().identity().has("mortise.admin");
    }

    /** Answers the plugin that is spoken for: the one that is named, which must be the own one where there is such. */
    Optional<String> speaksFor(Optional<String> named) {
        if (plugin.isPresent() && named.isPresent() && !plugin.equals(named)) {
            throw new MortiseException(
                    ErrorCode.PERMISSION_DENIED,
                    "'%s' is bound to plugin '%s' and can't speak for plugin '%s'. Use a credential of that plugin."
                            .formatted(identity, plugin.get(), named.get()));
        }
        return named.or(() -> plugin);
    }
}
