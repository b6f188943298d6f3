// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.kernel.model.PluginIdentity;
import java.util.List;

/** What one plugin version contributes, and the guard that its code runs behind. */
record Contribution(
        PluginIdentity plugin, List<Authenticator> authenticators, List<Authorizer> authorizers, PluginGuard guard) {
    Contribution {
        authenticators = List.copyOf(authenticators);
        authorizers = List.copyOf(authorizers);
    }

    String pluginId() {
        return plugin.id().value();
    }
}
