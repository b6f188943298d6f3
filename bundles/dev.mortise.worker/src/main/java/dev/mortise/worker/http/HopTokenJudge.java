// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Judges the token that the gateway signs for every hop: a JSON Web Token (RFC 7519), HS256 (RFC 7518, section 3.2) and
 * nothing else, for this plugin, not expired. By hand, because the library for tokens would be half of a worker's start.
 */
final class HopTokenJudge {
    private static final String HMAC = "HmacSHA256";
    private static final String ALGORITHM = "HS256";
    private static final int LONGEST = 16_384;
    /** Clocks of two machines differ. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private final String plugin;
    private final Supplier<List<String>> keys;
    private final Json json;
    private final Clock clock;

    /**
     * Makes a judge.
     *
     * @param plugin the audience that is expected
     * @param keys answers the keys that hold, base64url
     */
    HopTokenJudge(String plugin, Supplier<List<String>> keys, Json json, Clock clock) {
        this.plugin = plugin;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    /** Answers what a token says; empty when it is not good, whatever is wrong with it. */
    Optional<HopClaims> judge(String token) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return signed(parts) && ALGORITHM.equals(object(parts[0]).get("alg"))
                    ? claims(object(parts[1]))
                    : Optional.empty();
        } catch (IllegalArgumentException | MortiseException e) {
            return Optional.empty(); // no base64url, no JSON, or claims of another kind
        }
    }

    private boolean signed(String[] parts) {
        byte[] text = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        return keys.get().stream().anyMatch(key -> MessageDigest.isEqual(sign(key, text), signature));
    }

    private static byte[] sign(String key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(key), HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK knows " + HMAC + ".", e);
        }
    }

    private Map<?, ?> object(String part) {
        return json.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8), Map.class);
    }

    private Optional<HopClaims> claims(Map<?, ?> claims) {
        boolean forThisPlugin = plugin.equals(claims.get("aud"))
                || (claims.get("aud") instanceof List<?> several && several.contains(plugin));
        boolean inTime = claims.get("exp") instanceof Number end
                && clock.instant().getEpochSecond() < end.longValue() + SKEW.toSeconds();
        return forThisPlugin && inTime ? Optional.of(read(claims)) : Optional.empty();
    }

    private static HopClaims read(Map<?, ?> claims) {
        Optional<String> tenant = text(claims, "tenant");
        Optional<String> caller = text(claims, "caller");
        return new HopClaims(
                identity(claims, tenant, caller),
                tenant,
                caller,
                text(claims, "rid").orElse(""),
                claims.get("hop") instanceof Number hop ? hop.intValue() : 0);
    }

    /** What a plugin does for itself carries its own identity. */
    private static Identity identity(Map<?, ?> claims, Optional<String> tenant, Optional<String> caller) {
        PrincipalKind kind = text(claims, "kind").map(PrincipalKind::valueOf).orElse(PrincipalKind.ANONYMOUS);
        return new Identity(
                kind,
                text(claims, "sub").orElse(""),
                tenant.map(TenantId::new),
                false,
                kind == PrincipalKind.SERVICE ? caller : Optional.empty(),
                permissions(claims.get("permissions")));
    }

    private static Set<String> permissions(@Nullable Object claim) {
        return claim instanceof List<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static Optional<String> text(Map<?, ?> claims, String name) {
        return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
