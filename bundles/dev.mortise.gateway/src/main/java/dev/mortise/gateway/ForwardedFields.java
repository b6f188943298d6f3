// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.HopTokens;
import dev.mortise.rules.route.PercentEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a call on its way to another process: what its handler may see, and who calls, signed. */
final class ForwardedFields {
    private static final String PREFIX = "X-Mortise-";
    // The token outlives the call a little, because clocks differ.
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LONGEST_STREAM = Duration.ofHours(1);

    private ForwardedFields() {}

    /** Whom a call is sent to: the plugin that what is signed is meant for, and the key that its process knows. */
    record Audience(String plugin, String hopKey) {
        @Override
        public String toString() {
            return "Audience[" + plugin + "]";
        }
    }

    /** Answers the fields of a request; those that say who calls are the gateway's alone. */
    static Headers sent(Headers visible, Audience audience, Call call, @Nullable HopTokens tokens) {
        Map<String, List<String>> fields = new HashMap<>();
        visible.forEach((name, values) -> fields.put(name, values));
        fields.keySet().removeIf(name -> name.equalsIgnoreCase(RequestIds.TRACEPARENT));
        fields.replaceAll(
                (name, values) -> name.equalsIgnoreCase(RequestIds.HEADER) ? List.of(call.requestId()) : values);
        // the server at the other end is asked by another name
        visible.first("Host").ifPresent(host -> put(fields, "Host", host));
        call.traceparent().ifPresent(own -> fields.put(RequestIds.TRACEPARENT, List.of(own)));
        call.tenant().ifPresent(tenant -> put(fields, "Tenant", tenant.value()));
        call.caller().ifPresent(caller -> put(fields, "Caller", caller));
        put(fields, "User", call.identity().id());
        put(
                fields,
                "Roles",
                String.join(",", call.identity().permissions().stream().sorted().toList()));
        put(fields, "Request-Id", call.requestId());
        put(fields, "Deadline-Ms", Long.toString(call.remaining().toMillis()));
        put(fields, "Hop", Integer.toString(call.hop()));
        if (tokens != null) {
            put(fields, "Token", tokens.sign(audience.hopKey(), claims(audience.plugin(), call, LONGEST)));
            if (call.identity().kind() != PrincipalKind.ANONYMOUS) {
                fields.put(OnBehalf.HEADER, List.of(tokens.pass(claims(audience.plugin(), call, LONGEST_STREAM))));
            }
        }
        return Headers.of(fields);
    }

    private static HopTokens.Claims claims(String plugin, Call call, Duration longest) {
        Duration life = call.remaining().plus(GRACE);
        return new HopTokens.Claims(
                plugin,
                call.identity(),
                call.tenant().map(TenantId::value),
                call.caller(),
                call.requestId(),
                call.hop(),
                life.compareTo(longest) > 0 ? longest : life);
    }

    private static void put(Map<String, List<String>> fields, String name, String value) {
        // A field can't carry what would end it (RFC 9110, section 5.5); ids of users may be anything.
        boolean plain = value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        fields.put(PREFIX + name, List.of(plain ? value : PercentEncoder.text(value)));
    }
}
