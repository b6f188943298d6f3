// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.kernel.port.HopTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes keys of instances and signs hops with them. The library for tokens is loaded when the first hop is signed; a
 * container without instances elsewhere never does.
 */
@Component
public final class HopTokenSigner implements HopTokens {
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final CallPasses passes;

    /** Made by DS. */
    @Activate
    public HopTokenSigner(@Reference FileSecrets secrets) {
        this(Clock.systemUTC(), secrets.keys());
    }

    HopTokenSigner(Clock clock, SecretKeyFile keys) {
        this.clock = clock;
        this.passes = new CallPasses(keys, clock);
    }

    @Override
    public String newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    @Override
    public String sign(String key, Claims claims) {
        byte[] bytes = Base64.getUrlDecoder().decode(key);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "The key of a hop has " + KEY_BYTES + " bytes, not " + bytes.length + ".");
        }
        return HopJwt.sign(bytes, HopJwt.HEADER, claims, clock.instant());
    }

    @Override
    public String pass(Claims claims) {
        return passes.sign(claims);
    }

    @Override
    public Optional<Claims> passed(String pass) {
        return passes.read(pass);
    }
}
