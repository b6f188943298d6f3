// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tokens of all tenants. What a client asks for names its tenant; only authentication looks across them. */
interface Tokens {
    /** Adds a token; answers nothing when another one begins alike, which another text mends. */
    Optional<Token> add(TenantId tenant, NewToken order, TokenText text);

    /** Answers the tenant's tokens that are not revoked, newest first. */
    List<Token> list(TenantId tenant);

    /** Finds one of the tenant's tokens that is not revoked. */
    Optional<Token> find(TenantId tenant, UUID id);

    /** Revokes one of the tenant's tokens; false when there is none. */
    boolean revoke(TenantId tenant, UUID id);

    /** Finds a token of any tenant that is not revoked. */
    Optional<KnownToken> byHash(String hash);

    /** Notes that a token is in use. */
    void touch(UUID id);
}
