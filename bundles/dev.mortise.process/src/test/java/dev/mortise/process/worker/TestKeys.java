// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.HopTokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs hops as the container does, with the claims that programs look at. */
public final class TestKeys implements HopTokens {
    private final SecureRandom random = new SecureRandom();

    @Override
    public String newKey() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return encode(bytes);
    }

    @Override
    public String sign(String key, Claims claims) {
        long until = Instant.now().plus(claims.life()).getEpochSecond() + 1;
        String tenant = claims.tenant().map(id -> ",\"tenant\":\"" + id + "\"").orElse("");
        String text = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(("{\"aud\":\"" + claims.audience() + "\",\"exp\":" + until + tenant + "}")
                        .getBytes(StandardCharsets.UTF_8));
        return text + "." + encode(mac(Base64.getUrlDecoder().decode(key), text));
    }

    @Override
    public String pass(Claims claims) {
        throw new AssertionError("processes get their calls from the gateway, which makes passes");
    }

    @Override
    public Optional<Claims> passed(String pass) {
        return Optional.empty();
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
