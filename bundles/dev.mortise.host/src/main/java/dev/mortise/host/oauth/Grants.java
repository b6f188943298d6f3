// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.StoredCredentials;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Tokens;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.rules.oauth.Renewal;
import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenRequests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The connection of one plugin of one tenant: its tokens, sealed and opened, and the client that they were given to. */
record Grants(TenantId tenant, StoredCredentials stored) {
    Place place() {
        return new Place(tenant, stored.plugin());
    }

    OAuthStore store() {
        return stored.sources().grants();
    }

    /** Answers the method that the tenant is connected by. */
    Optional<OAuth2> method() {
        return stored.auth(tenant).map(AuthState::methodId).flatMap(this::method);
    }

    Optional<OAuth2> method(String id) {
        return stored.schema().method(id).filter(OAuth2.class::isInstance).map(OAuth2.class::cast);
    }

    /** Answers the tokens that are known, if they are of this method. */
    Optional<Seen> find(OAuth2 method) {
        return store().find(place()).filter(seen -> seen.grant().methodId().equals(method.id()));
    }

    /** Answers the tokens that the database has, if they are of this method. */
    Optional<Seen> read(OAuth2 method) {
        return store().read(place()).filter(seen -> seen.grant().methodId().equals(method.id()));
    }

    String access(Grant grant) {
        return stored.sources().open(place(), OAuthStore.ACCESS, grant.access()).toString();
    }

    Optional<String> refresh(Grant grant) {
        return grant.refresh().map(envelope -> stored.sources()
                .open(place(), OAuthStore.REFRESH, envelope)
                .toString());
    }

    /** Seals what came; scopes that the server does not name are those of before. */
    Tokens seal(Granted granted, List<String> scopes, Duration refreshBefore) {
        return new Tokens(
                stored.sources().seal(place(), OAuthStore.ACCESS, granted.access()),
                granted.refresh().map(token -> stored.sources().seal(place(), OAuthStore.REFRESH, token)),
                granted.scopes().orElse(scopes),
                granted.life().map(life -> Renewal.life(life, refreshBefore)));
    }

    /**
     * Answers what asks the authorization server.
     *
     * @throws MortiseException CONFLICT when client id or secret are not there
     */
    TokenRequests client(OAuth2 method) {
        return new TokenRequests(
                method,
                needed(method.client().idField()),
                needed(method.client().secretField()));
    }

    private String needed(String field) {
        return stored.find(tenant, field)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.CONFLICT,
                        "Plugin '%s' has no value of '%s' for tenant '%s', which the authorization server asks for. Set it."
                                .formatted(stored.plugin(), field, tenant)));
    }

    /** Names whose connection it is, to begin a sentence. */
    String who() {
        return "Plugin '" + stored.plugin() + "' of tenant '" + tenant + "'";
    }
}
