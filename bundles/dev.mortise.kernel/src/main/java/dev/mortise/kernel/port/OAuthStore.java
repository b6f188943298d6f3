// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the tokens that authorization servers gave for plugins of tenants, and the requests for them that are under way
 * (RFC 6749). Secrets come and go as envelopes; times are those of the database's clock. Implemented by the data bundle, used
 * by host and security. Everything throws {@code MortiseException}: SERVICE_UNAVAILABLE while the database can't be reached.
 */
public interface OAuthStore {
    /** Stands where the name of a field does in the owner of an access token; no field has such a name. */
    String ACCESS = "oauth.access";

    /** The same for a refresh token. */
    String REFRESH = "oauth.refresh";

    /** The same for the verifier of a request. */
    String VERIFIER = "oauth.verifier";

    /**
     * Keeps a request until it is taken or its life is over.
     *
     * @param most requests of one plugin for one tenant
     * @throws dev.mortise.api.error.MortiseException RATE_LIMITED when there are as many already
     */
    void begin(Request request, Duration life, int most);

    /** Takes a request out, once in all nodes; nothing when it is not there for this place and caller, or too old. */
    Optional<Request> take(String stateHash, Place place, String caller);

    /** Answers the tokens of a place, as they are known; what another node changed is known some seconds later. */
    Optional<Seen> find(Place place);

    /** Answers the tokens of a place as the database has them. */
    Optional<Seen> read(Place place);

    /** Remembers nothing more about a plugin, as {@link SettingsStore#forget}. */
    void forget(PluginId plugin);

    /**
     * Keeps new tokens in place of all others, if the settings of the place name their method; whoever renews the others has
     * lost his claim. Answers whether they are kept.
     */
    boolean put(Place place, String methodId, Tokens tokens);

    /**
     * Claims the renewal of tokens that are due, for some time: others get no claim meanwhile. Nothing when they are not due,
     * can't be renewed, or another one has the claim.
     */
    Optional<Claim> claim(Place place, Duration time);

    /**
     * Keeps renewed tokens in place of those that were claimed, without a new refresh token beside the old one; answers whether
     * those were still there. They may come after the claim has run out: a server that replaces refresh tokens takes no other.
     */
    boolean renewed(Place place, Claim claim, Tokens tokens);

    /**
     * Keeps the tokens as they are, and why they were not renewed; answers whether the claim still held.
     *
     * @param retry when it may be tried again; empty when only people can help
     */
    boolean failed(Place place, Claim claim, String sentence, Optional<Duration> retry);

    /** Forgets the tokens, unless the settings of the place name their method; answers those that it forgot. */
    Optional<Grant> delete(Place place);

    /** Answers some of the places that have tokens, after the given one, ordered; read from the database. */
    List<Place> places(Optional<Place> after, int limit);

    /** Puts other envelopes in place, if the tokens are still as they were found; answers whether. */
    boolean replace(Place place, Grant found, Grant sealedAnew);

    /**
     * A request that a browser was sent to an authorization server with.
     *
     * @param stateHash SHA-256 of the state, which nobody keeps
     * @param caller who began it, and who alone may end it
     * @param verifier an envelope
     */
    record Request(
            String stateHash, Place place, String methodId, String caller, String redirectUri, String verifier) {}

    /**
     * What an authorization server gave.
     *
     * @param access an envelope
     * @param refresh an envelope
     */
    record Tokens(String access, Optional<String> refresh, List<String> scopes, Optional<Life> life) {
        public Tokens {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * How long an access token lasts.
     *
     * @param good until nobody takes it any more
     * @param fresh until it should be renewed
     */
    record Life(Duration good, Duration fresh) {}

    /**
     * The tokens of a place.
     *
     * @param access an envelope
     * @param refresh an envelope
     * @param refreshAt when the access token should be renewed
     * @param renewedAt when the access token came
     */
    record Grant(
            String methodId,
            String access,
            Optional<String> refresh,
            List<String> scopes,
            Optional<Instant> refreshAt,
            Optional<Instant> expiresAt,
            Instant renewedAt,
            Optional<Trouble> trouble) {
        public Grant {
            scopes = List.copyOf(scopes);
        }

        /** Answers the same with other envelopes. */
        public Grant sealed(String newAccess, Optional<String> newRefresh) {
            return new Grant(methodId, newAccess, newRefresh, scopes, refreshAt, expiresAt, renewedAt, trouble);
        }
    }

    /**
     * Why the tokens were not renewed the last time.
     *
     * @param retryAt when it may be tried again; empty when only people can help
     */
    record Trouble(String sentence, Instant at, Optional<Instant> retryAt) {}

    /** Tokens, and what time it is. */
    record Seen(Grant grant, Instant now) {}

    /** The right to renew tokens. */
    record Claim(String id, Grant grant) {}
}
