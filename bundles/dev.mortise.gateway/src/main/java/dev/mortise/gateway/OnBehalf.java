// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.port.HopTokens;
import java.util.Optional;

/**
 * Finds out on whose behalf a plugin elsewhere calls, by the pass that it was given with the call which it is answering. What
 * it says without one it says for itself, and its own grants decide.
 */
record OnBehalf(Neighbours neighbours) {
    static final String HEADER = "X-Mortise-Behalf";

    /** Answers the caller, or why his pass is not good: a call is never quietly made for somebody else than he thinks. */
    Admission judge(Admission.Caller caller, Headers headers) {
        Optional<String> pass = headers.first(HEADER);
        Optional<String> plugin = caller.identity().plugin();
        if (pass.isEmpty() || plugin.isEmpty()) {
            return caller;
        }
        return Optional.ofNullable(neighbours.hopTokens())
                .flatMap(tokens -> tokens.passed(pass.get()))
                .filter(claims -> claims.audience().equals(plugin.get()))
                .filter(claims -> claims.tenant().equals(caller.tenant().map(Object::toString)))
                .map(HopTokens.Claims::identity)
                .<Admission>map(caller::onBehalfOf)
                .orElseGet(() -> Refusal.of(
                        ErrorCode.PERMISSION_DENIED,
                        "%s of plugin '%s' is not good: it belongs to another plugin or tenant, or to a call that is over."
                                .formatted(HEADER, plugin.get())));
    }
}
