// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Json;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Reads the token of a call as a program in any language would: HS256 of RFC 7515, nothing of Mortise. */
final class HopToken {
    private static final String HMAC = "HmacSHA256";

    private HopToken() {}

    /** Verifies the token and answers its claims. */
    static JsonNode claims(String token, String hopKey) throws GeneralSecurityException {
        List<String> parts = List.of(token.split("\\.", -1));
        assertThat(parts).hasSize(3);
        assertThat(json(parts.get(0)).path("alg").asText()).isEqualTo("HS256");
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(hopKey), HMAC));
        byte[] signature = mac.doFinal((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));
        assertThat(Base64.getUrlDecoder().decode(parts.get(2))).as("signature").isEqualTo(signature);
        return json(parts.get(1));
    }

    private static JsonNode json(String part) {
        return Json.read(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }
}
