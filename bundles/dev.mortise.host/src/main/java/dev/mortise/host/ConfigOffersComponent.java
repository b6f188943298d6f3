// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.config.ConfigOffers;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives plugins their settings and credentials. */
@Component(property = "mortise.platform=config")
public final class ConfigOffersComponent implements PluginServices {
    private final ConfigOffers offers;

    /** Made by DS. */
    @Activate
    public ConfigOffersComponent(
            @Reference ConfigComponent settings, @Reference OAuthComponent tokens, @Reference JsonFactory mappers) {
        this.offers = new ConfigOffers(settings.sources(), mappers, tokens.tokens());
    }

    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        return offers.forPlugin(scope);
    }
}
