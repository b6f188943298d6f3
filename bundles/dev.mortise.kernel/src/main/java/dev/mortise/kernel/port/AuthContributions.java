// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import java.util.List;
import java.util.Set;

/** Takes the authenticators and authorizers of plugins that serve. Implemented by security, used by the host. */
public interface AuthContributions {
    /** Puts a plugin version's contributions in the place of those of any other version of that plugin. */
    void put(PluginIdentity plugin, List<Authenticator> authenticators, List<Authorizer> authorizers);

    /** Says which plugins bring authenticators and do not serve now: who shows a credential that is theirs is to come back. */
    void expect(Set<PluginId> plugins);

    /** Takes a plugin version's contributions away; does nothing when another version has taken its place. */
    void remove(PluginIdentity plugin);
}
