// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mortise.kernel.port.HopTokens.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Writes the claims of a hop as a JSON Web Token (RFC 7519), the only code that knows the library for it. */
final class HopJwt {
    static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    private static final String ISSUER = "mortise";

    private HopJwt() {}

    static String sign(byte[] key, JWSHeader header, Claims claims, Instant now) {
        if (claims.life().compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("A token is good for a second at least, not for "
                    + claims.life().toMillis() + " ms.");
        }
        SignedJWT token = new SignedJWT(header, set(claims, now));
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("A token for '" + claims.audience() + "' can't be signed.", e);
        }
        return token.serialize();
    }

    private static JWTClaimsSet set(Claims claims, Instant now) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(claims.audience())
                .subject(claims.identity().id())
                .claim("kind", claims.identity().kind().name())
                .claim("permissions", List.copyOf(claims.identity().permissions()))
                .claim("rid", claims.requestId())
                .claim("hop", claims.hop())
                .issueTime(Date.from(now))
                // Whole seconds is all that the claim has: rounded up, so that it never ends early.
                .expirationTime(Date.from(now.plus(claims.life()).plusMillis(999)))
                .jwtID(UUID.randomUUID().toString());
        claims.tenant().ifPresent(tenant -> set.claim("tenant", tenant));
        claims.caller().ifPresent(caller -> set.claim("caller", caller));
        claims.identity().plugin().ifPresent(plugin -> set.claim("plugin", plugin));
        return set.build();
    }
}
