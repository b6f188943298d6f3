// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token as the gateway signs it, made with nothing of Mortise. */
public record SignedToken(String algorithm, String claims) {
    public static final String KEY = key((byte) 1);
    public static final String OTHER_KEY = key((byte) 2);

    /** Makes one of user ada of tenant acme, who is called for by plugin desk. */
    public static SignedToken of(String audience, long expires) {
        return new SignedToken(
                "HS256",
                "{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"ada\",\"kind\":\"USER\",\"permissions\":[\"plugin.hello.read\"],"
                                .formatted(audience, expires)
                        + "\"tenant\":\"acme\",\"caller\":\"desk\",\"rid\":\"r-1\",\"hop\":2}");
    }

    public SignedToken withAlgorithm(String other) {
        return new SignedToken(other, claims);
    }

    public String text() {
        String signed = base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(KEY), "HmacSHA256"));
            return signed + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String key(byte octet) {
        byte[] key = new byte[32];
        Arrays.fill(key, octet);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
