// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer was for.
 *
 * @param lot plugin and tenant, and since when: what was asked before a change finds nothing that is kept after it
 * @param stay the stay of the version that gave it
 * @param query as it was sent: the parameters of one that is read take many times as much
 * @param variant the values of the fields that may vary it
 */
public record CacheKey(
        Lot lot,
        Object stay,
        Identity identity,
        Optional<String> caller,
        String path,
        String query,
        List<String> variant) {
    static final Set<String> VARIANTS = Set.of("accept", "accept-language", "accept-encoding");

    static CacheKey of(Lot lot, Object stay, Request request, String rawQuery) {
        CallContext context = request.context();
        List<String> variant = VARIANTS.stream()
                .sorted()
                .map(name -> String.join(",", request.headers().all(name)))
                .toList();
        return new CacheKey(lot, stay, context.identity(), context.caller(), request.path(), rawQuery, variant);
    }

    /** Answers the length of what whoever asks is free to make long. */
    long length() {
        long length = (long) path.length() + query.length();
        for (String value : variant) {
            length += value.length();
        }
        return length;
    }

    /** Answers about what it takes, at most: a character may need two bytes. */
    long bytes() {
        return 2 * length()
                + Weights.TEXT * (2L + variant.size())
                + Weights.of(identity.id())
                + Weights.of(identity.permissions());
    }
}
