// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.call.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tokens in memory; counts what would be queries. */
final class MapTokens implements Tokens {
    private final List<Row> rows = new ArrayList<>();
    final Instant now;
    int lookups;
    int touches;
    int collisions;

    MapTokens(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Optional<Token> add(TenantId tenant, NewToken order, TokenText text) {
        if (collisions-- > 0) {
            return Optional.empty();
        }
        Token token = new Token(
                UUID.randomUUID(),
                order.name(),
                text.prefix(),
                order.permissions(),
                now,
                order.createdBy(),
                Optional.empty(),
                order.expiresAt());
        rows.add(new Row(tenant, text.hash(), token));
        return Optional.of(token);
    }

    @Override
    public synchronized List<Token> list(TenantId tenant) {
        return rows.stream()
                .filter(row -> row.tenant.equals(tenant))
                .map(Row::token)
                .toList();
    }

    @Override
    public synchronized Optional<Token> find(TenantId tenant, UUID id) {
        return list(tenant).stream().filter(token -> token.id().equals(id)).findFirst();
    }

    @Override
    public synchronized boolean revoke(TenantId tenant, UUID id) {
        return rows.removeIf(row -> row.tenant.equals(tenant) && row.token.id().equals(id));
    }

    @Override
    public synchronized Optional<KnownToken> byHash(String hash) {
        lookups++;
        return rows.stream()
                .filter(row -> row.hash.equals(hash))
                .map(Row::known)
                .findFirst();
    }

    @Override
    public synchronized void touch(UUID id) {
        touches++;
    }

    String stored() {
        return rows.toString();
    }

    private record Row(TenantId tenant, String hash, Token token) {
        KnownToken known() {
            return new KnownToken(
                    token.id(), tenant, hash, Set.copyOf(token.permissions()), token.lastUsedAt(), token.expiresAt());
        }
    }
}
