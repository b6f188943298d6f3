// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the core's tokens as hashes. Implemented by the data bundle, used by security. */
public interface TokenStore {
    /** Answers the time by which tokens begin and expire: the same on all nodes, whatever their machines' clocks say. */
    Clock clock();

    /** Adds a token. */
    void add(StoredToken token);

    /** Finds a token that is not revoked by the SHA-256 of its text, in hexadecimal. */
    Optional<StoredToken> byHash(String hash);

    /** Answers all tokens that are not revoked, newest first. */
    List<StoredToken> all();

    /** Revokes a token; answers false when there is none with this id. */
    boolean revoke(String id);

    /**
     * One token.
     *
     * @param kind admin, plugin or remote
     * @param plugin the plugin id that it is bound to, for kinds plugin and remote
     * @param tenant the tenant that it is bound to
     */
    record StoredToken(
            String id,
            String hash,
            String kind,
            Optional<String> plugin,
            Optional<String> tenant,
            Instant createdAt,
            Optional<Instant> expiresAt) {}
}
