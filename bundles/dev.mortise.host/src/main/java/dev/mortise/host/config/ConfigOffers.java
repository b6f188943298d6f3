// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.config.Credentials;
import dev.mortise.api.config.PluginConfig;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices;
import java.util.List;

/** Supplies settings and credentials to one plugin version. */
public record ConfigOffers(ConfigSources sources, JsonFactory mappers, AccessTokens tokens) implements PluginServices {
    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        PluginManifest manifest = scope.manifest();
        sources.forget(manifest.id());
        FileCheck file = new FileCheck(manifest.id(), manifest.config(), sources);
        file.look();
        return List.of(
                Offer.of(
                        PluginConfig.class,
                        new PluginValues(manifest.id(), manifest.config(), sources, mappers.exact(), file)),
                Offer.of(
                        Credentials.class,
                        new TenantCredentials(
                                new StoredCredentials(manifest.id(), manifest.config(), sources), tokens)));
    }
}
