// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Tells who calls, from the fields of a request; empty for somebody who does not prove it. */
interface Callers extends Function<HopFields, Optional<Call>> {
    /** What a call has that says nothing of its time. */
    Duration OTHERWISE = Duration.ofSeconds(30);
    /** Calls of streams have no deadline; this keeps the arithmetic finite. */
    long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

    /** Believes signed tokens, and of the plain fields only the time, which can but shorten the call. */
    static Callers signed(HopTokenJudge judge) {
        return fields -> fields.mortise("Token").flatMap(judge::judge).map(claims -> call(claims, fields));
    }

    /** Takes everybody on this machine for a user of the tenant who may do everything: the author of the plugin. */
    static Callers author(TenantId otherwise) {
        return fields -> {
            TenantId tenant = fields.mortise("Tenant").map(TenantId::new).orElse(otherwise);
            Identity author = Identity.user(fields.mortise("User").orElse("author"), tenant, Set.of("*"));
            String id = fields.mortise("Request-Id")
                    .orElseGet(() -> UUID.randomUUID().toString());
            return Optional.of(
                    call(new HopClaims(author, Optional.of(tenant.value()), fields.mortise("Caller"), id, 0), fields));
        };
    }

    private static Call call(HopClaims claims, HopFields fields) {
        return new Call(
                claims.tenant().map(TenantId::new),
                claims.identity(),
                claims.caller(),
                claims.requestId(),
                fields.traceparent(),
                System.nanoTime() + time(fields).toNanos(),
                claims.hop());
    }

    private static Duration time(HopFields fields) {
        return fields.mortise("Deadline-Ms")
                .filter(text -> text.matches("\\d{1,15}"))
                .map(text -> Duration.ofMillis(Math.min(Long.parseLong(text), LONGEST_MILLIS)))
                .orElse(OTHERWISE);
    }
}
