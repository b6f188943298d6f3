// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.HopTokens.Claims;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and reads passes: JSON Web Tokens (RFC 7519, HS256) by a key that is made of one of {@code data/secrets-key}, so that
 * every node of the database reads what another one signed and no key serves two purposes.
 */
final class CallPasses {
    private static final String HMAC = "HmacSHA256";
    private static final String TYPE = "pass+jwt";
    private static final Duration REUSED = Duration.ofSeconds(60);
    private static final int KEPT = 1_000;
    private static final byte[] PURPOSE = "mortise call pass".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeyFile keys;
    private final Clock clock;
    private volatile Optional<Made> made = Optional.empty();

    /** The last passes, since to sign one for each call would cost as much as the rest of its way. */
    private final Map<Holder, Known> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Holder, Known> eldest) {
            return size() > KEPT;
        }
    });

    /** Who may use a pass, and for whom. */
    private record Holder(
            String key, String audience, Identity identity, Optional<String> tenant, Optional<String> caller) {}

    /** A pass that was signed. */
    private record Known(String pass, Instant until) {}

    /** The key that was made of another one. */
    private record Made(String id, SecretKeySpec key, JWSHeader header) {}

    CallPasses(SecretKeyFile keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Answers one that is good for the life of the claims at least, and a minute longer at most. */
    String sign(Claims claims) {
        Made current = of(keys.current());
        if (claims.life().compareTo(REUSED) > 0) {
            return sign(current, claims, claims.life());
        }
        Holder holder = new Holder(current.id, claims.audience(), claims.identity(), claims.tenant(), claims.caller());
        Instant now = clock.instant();
        Known last = known.get(holder);
        if (last == null || last.until.isBefore(now.plus(claims.life()))) {
            Duration life = claims.life().plus(REUSED);
            last = new Known(sign(current, claims, life), now.plus(life));
            known.put(holder, last);
        }
        return last.pass;
    }

    /** What differs from call to call is not in it. */
    private String sign(Made key, Claims claims, Duration life) {
        Claims lasting =
                new Claims(claims.audience(), claims.identity(), claims.tenant(), claims.caller(), "", 0, life);
        return HopJwt.sign(key.key.getEncoded(), key.header, lasting, clock.instant());
    }

    Optional<Claims> read(String text) {
        try {
            SignedJWT pass = SignedJWT.parse(text);
            Optional<Made> key = Optional.ofNullable(pass.getHeader().getKeyID())
                    .filter(id ->
                            new JOSEObjectType(TYPE).equals(pass.getHeader().getType()))
                    .flatMap(keys::find)
                    .map(this::of);
            return key.isPresent() && pass.verify(new MACVerifier(key.get().key))
                    ? read(pass.getJWTClaimsSet())
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty(); // no token of ours, whatever it is
        }
    }

    private Optional<Claims> read(JWTClaimsSet set) throws ParseException {
        boolean over = set.getExpirationTime() == null
                || !clock.instant().isBefore(set.getExpirationTime().toInstant());
        if (over || set.getAudience().size() != 1) {
            return Optional.empty();
        }
        Optional<String> tenant = Optional.ofNullable(set.getStringClaim("tenant"));
        return Optional.of(new Claims(
                set.getAudience().get(0),
                new Identity(
                        PrincipalKind.valueOf(set.getStringClaim("kind")),
                        set.getSubject(),
                        tenant.map(TenantId::new),
                        false,
                        Optional.ofNullable(set.getStringClaim("plugin")),
                        Set.copyOf(Optional.ofNullable(set.getStringListClaim("permissions"))
                                .orElse(List.of()))),
                tenant,
                Optional.ofNullable(set.getStringClaim("caller")),
                "",
                0,
                Duration.ZERO));
    }

    private Made of(SecretKey key) {
        return made.filter(known -> known.id.equals(key.id())).orElseGet(() -> {
            Made fresh = new Made(key.id(), derived(key), header(key.id()));
            made = Optional.of(fresh);
            return fresh;
        });
    }

    private static JWSHeader header(String id) {
        return new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType(TYPE))
                .keyID(id)
                .build();
    }

    private static SecretKeySpec derived(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.key().getEncoded(), HMAC));
            return new SecretKeySpec(mac.doFinal(PURPOSE), HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK knows " + HMAC + ".", e);
        }
    }
}
