// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.config.AccessTokens;
import dev.mortise.host.oauth.GoodTokens;
import dev.mortise.host.oauth.OAuthLimits;
import dev.mortise.host.oauth.Renewals;
import dev.mortise.host.oauth.TokenClient;
import dev.mortise.host.oauth.TokenMeters;
import dev.mortise.kernel.port.AuthorizationServers;
import dev.mortise.kernel.port.Meters;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Keeps the tokens of authorization servers good; who asks those may come and go. */
@Component(service = OAuthComponent.class, configurationPid = "dev.mortise.host")
public final class OAuthComponent {
    private volatile Optional<AuthorizationServers> servers = Optional.empty();

    private final TokenMeters meters = new TokenMeters();
    private final TokenClient client;
    private final Renewals renewals;
    private final AccessTokens tokens;

    /** Made by DS. */
    @Activate
    public OAuthComponent(HostConfig config, @Reference ConfigComponent settings) {
        OAuthLimits limits = Settings.oauth(config);
        this.client = new TokenClient(() -> servers, settings.sources()::read, limits, meters);
        this.renewals = new Renewals(
                client,
                Threads.pool(Settings.positive("oauth.threads", config.oauth_threads()), "mortise-oauth"),
                Threads.timer("mortise-oauth-timer"));
        this.tokens = new GoodTokens(renewals, limits);
    }

    TokenClient client() {
        return client;
    }

    AccessTokens tokens() {
        return tokens;
    }

    @Deactivate
    void deactivate() {
        renewals.close();
        meters.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindServers(AuthorizationServers service) {
        servers = Optional.of(service);
    }

    void unbindServers(AuthorizationServers service) {
        servers = servers.filter(present -> present != service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters service) {
        meters.use(service);
    }

    void unbindMeters(Meters service) {
        meters.leave(service);
    }
}
