// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.ConfigSources;
import dev.mortise.host.config.ConfigurationOrders;
import dev.mortise.host.config.StoredCredentials;
import dev.mortise.host.tenancy.TenantNotices;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Connections;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.model.SafeUrl;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.OAuthStore.Request;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.rules.oauth.Pkce;
import dev.mortise.rules.oauth.TokenAnswer;
import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenAnswer.Refused;
import dev.mortise.rules.oauth.TokenAnswer.Unclear;
import dev.mortise.rules.oauth.TokenRequests;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes orders about connections. */
public final class ConnectionOrders implements Connections {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConfigSources sources;
    private final ConfigurationOrders configurations;
    private final TenantNotices tenancy;
    private final TokenClient client;
    private final Clock clock;

    /** Takes orders for the plugins that the tenancy knows. */
    public ConnectionOrders(
            ConfigSources sources,
            ConfigurationOrders configurations,
            TenantNotices tenancy,
            TokenClient client,
            Clock clock) {
        this.sources = sources;
        this.configurations = configurations;
        this.tenancy = tenancy;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Begun begin(
            String tenant, String plugin, Optional<String> methodId, Optional<String> redirectUri, String caller) {
        Target target = tenancy.target(tenant, plugin);
        Grants grants = grants(target);
        OAuth2 method = method(target, methodId);
        String redirect = redirect(redirectUri);
        TokenRequests requests = grants.client(method);
        String state = random();
        String verifier = random();
        OAuthLimits limits = client.limits();
        Request request = new Request(
                Pkce.challenge(state),
                grants.place(),
                method.id(),
                caller,
                redirect,
                sources.seal(grants.place(), OAuthStore.VERIFIER, verifier));
        grants.store().begin(request, limits.request(), limits.requests());
        String url = requests.authorizationUrl(redirect, state, Pkce.challenge(verifier));
        return new Begun(url, redirect, clock.instant().plus(limits.request()));
    }

    private static OAuth2 method(Target target, Optional<String> id) {
        List<OAuth2> all = target.schema().methods().stream()
                .filter(OAuth2.class::isInstance)
                .map(OAuth2.class::cast)
                .filter(method -> id.isEmpty() || id.get().equals(method.id()))
                .toList();
        if (all.size() != 1) {
            throw invalid(
                    "/methodId",
                    "Plugin '%s' has %s. Name one of type oauth2."
                            .formatted(
                                    target.plugin(),
                                    id.isPresent()
                                            ? "no method '" + id.get() + "' of type oauth2"
                                            : all.size() + " methods of type oauth2"));
        }
        return all.get(0);
    }

    private String redirect(Optional<String> asked) {
        List<String> known = client.limits().redirectUris();
        String uri = asked.or(() -> known.stream().findFirst())
                .orElseThrow(() -> invalid(
                        "/redirectUri",
                        "Nothing says where the browser comes back to. Send 'redirectUri', or set oauth.redirect-uris"
                                + " in etc/host.properties."));
        SafeUrl.objection(uri).ifPresent(wrong -> {
            throw invalid("/redirectUri", "'redirectUri' " + wrong + ".");
        });
        if (!known.isEmpty() && !known.contains(uri)) {
            throw invalid(
                    "/redirectUri",
                    "'redirectUri' is none of those that oauth.redirect-uris in etc/host.properties allows.");
        }
        return uri;
    }

    private static String random() {
        byte[] bytes = new byte[Pkce.RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Pkce.text(bytes);
    }

    @Override
    public Configuration complete(String tenant, String plugin, Returned returned, String caller) {
        Target target = tenancy.target(tenant, plugin);
        Grants grants = grants(target);
        Optional<AuthState> begun = grants.stored().read(target.tenant().id());
        Request request = grants.store()
                .take(Pkce.challenge(returned.state()), grants.place(), caller)
                .orElseThrow(ConnectionOrders::unknownState);
        OAuth2 method = method(target, Optional.of(request.methodId()));
        String code = returned.code().orElseThrow(() -> refused(target, denial(returned)));
        TokenRequests by = grants.client(method);
        Granted granted = granted(target, client.exchange(by, code, request.redirectUri(), verifier(grants, request)));
        new NewTokens(target, () -> tenancy.target(tenant, plugin), grants, by, client, begun)
                .keep(configurations, granted);
        tenancy.connected(target);
        return configurations.find(tenant, plugin);
    }

    /** It came with an address that anybody can make up. */
    private static Refused denial(Returned returned) {
        String code =
                returned.error().filter(text -> text.matches("[a-z_]{1,64}")).orElse("an unknown error");
        return new Refused(code, "");
    }

    /** One that was sealed with a key that is gone opens no more. */
    private String verifier(Grants grants, Request request) {
        try {
            return sources.open(grants.place(), OAuthStore.VERIFIER, request.verifier())
                    .toString();
        } catch (MortiseException e) {
            throw unknownState();
        }
    }

    private static MortiseException unknownState() {
        return invalid(
                "/state",
                "This state is not known: it was used, is too old, or was begun for another tenant or plugin or by"
                        + " somebody else. Begin again.");
    }

    private static Granted granted(Target target, TokenAnswer answer) {
        if (answer instanceof Refused refused) {
            throw refused(target, refused);
        }
        if (answer instanceof Unclear unclear) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE, notConnected(target) + unclear.why() + ". Begin again.");
        }
        return (Granted) answer;
    }

    private static MortiseException refused(Target target, Refused refused) {
        String words = refused.words().isEmpty() ? "" : " (" + refused.words() + ")";
        return new MortiseException(
                ErrorCode.CONFLICT, notConnected(target) + "refuses, " + refused.code() + words + ". Begin again.");
    }

    private static String notConnected(Target target) {
        return "Plugin '%s' of tenant '%s' was not connected: the authorization server "
                .formatted(target.plugin(), target.tenant().slug());
    }

    @Override
    public Ended disconnect(String tenant, String plugin) {
        Target target = tenancy.target(tenant, plugin);
        Grants grants = grants(target);
        // tokens alone are what an order of before left that the database went away from
        if (grants.stored().auth(target.tenant().id()).isEmpty()
                && grants.store().read(grants.place()).isEmpty()) {
            throw new MortiseException(
                    ErrorCode.CONFLICT,
                    "Tenant '%s' gave no credentials to plugin '%s'."
                            .formatted(target.tenant().slug(), target.plugin()));
        }
        Ended ended = new Disconnection(grants, client)
                .end(() -> configurations.forget(target))
                .orElse(
                        new Ended(
                                false,
                                "The credentials are forgotten. End them where they are from, if nobody else should use them."));
        tenancy.configUpdated(target);
        return ended;
    }

    private Grants grants(Target target) {
        return new Grants(target.tenant().id(), new StoredCredentials(target.plugin(), target.schema(), sources));
    }

    private static MortiseException invalid(String pointer, String message) {
        return new MortiseException(
                ErrorCode.VALIDATION_FAILED,
                message,
                Map.of("problems", List.of(Map.of("pointer", pointer, "message", message))));
    }
}
