// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes tokens with numbers. */
final class NumberedTokens implements Tokens {
    final List<NewToken> orders = new CopyOnWriteArrayList<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    volatile boolean away;

    @Override
    public synchronized Created create(NewToken order) {
        if (away) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is away.");
        }
        orders.add(order);
        String id = Integer.toString(orders.size());
        return new Created.Made(
                new Token(id, order.kind(), order.plugin(), order.tenant(), Instant.EPOCH, Optional.empty()),
                "text-" + id);
    }

    @Override
    public List<Token> list() {
        return List.of();
    }

    @Override
    public boolean revoke(String id) {
        return revoked.add(id);
    }
}
