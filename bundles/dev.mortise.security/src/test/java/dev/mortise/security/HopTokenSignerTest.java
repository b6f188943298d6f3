// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.HopTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HopTokenSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.250Z");
    private static final Identity ANNA = Identity.user("an\"na", new TenantId("acme"), Set.of("plugin.reports.read"));

    private final HopTokens tokens = new HopTokenSigner(
            Clock.fixed(NOW, ZoneOffset.UTC), new SecretKeyFile(Path.of("no keys are read to sign hops")));
    private final String key = tokens.newKey();

    @Test
    void makesKeysOf32RandomBytes() {
        assertThat(Base64.getUrlDecoder().decode(key)).hasSize(32);
        assertThat(key).doesNotContain("=").isNotEqualTo(tokens.newKey());
    }

    @Test
    void signsWithHmacSha256() throws GeneralSecurityException {
        String[] parts = tokens.sign(key, claims(Optional.of("acme"), Optional.of("crm")))
                .split("\\.");

        assertThat(text(parts[0])).contains("\"alg\":\"HS256\"").contains("\"typ\":\"JWT\"");
        assertThat(parts[2]).isEqualTo(mac(key, parts[0] + "." + parts[1]));
        assertThat(parts[2]).isNotEqualTo(mac(tokens.newKey(), parts[0] + "." + parts[1]));
    }

    @Test
    void claimsWhoCallsForWhomAndWhere() {
        String[] parts = tokens.sign(key, claims(Optional.of("acme"), Optional.of("crm")))
                .split("\\.");

        assertThat(text(parts[1]).replaceAll("\"jti\":\"[0-9a-f-]{36}\"", "\"jti\":1"))
                .contains(
                        "\"iss\":\"mortise\"",
                        "\"aud\":\"reports\"",
                        "\"sub\":\"an\\\"na\"",
                        "\"kind\":\"USER\"",
                        "\"tenant\":\"acme\"",
                        "\"caller\":\"crm\"",
                        "\"permissions\":[\"plugin.reports.read\"]",
                        "\"rid\":\"r-1\"",
                        "\"hop\":2",
                        "\"iat\":" + NOW.getEpochSecond(),
                        "\"exp\":" + (NOW.getEpochSecond() + 6),
                        "\"jti\":1");
    }

    @Test
    void saysNothingOfATenantOrCallerThatThereIsNot() {
        String claims = text(
                tokens.sign(key, claims(Optional.empty(), Optional.empty())).split("\\.")[1]);

        assertThat(claims).doesNotContain("tenant").doesNotContain("caller");
    }

    @Test
    void neverMakesTheSameTokenTwice() {
        HopTokens.Claims claims = claims(Optional.empty(), Optional.empty());

        assertThat(tokens.sign(key, claims)).isNotEqualTo(tokens.sign(key, claims));
    }

    @Test
    void refusesAShortKeyAndAShortLife() {
        HopTokens.Claims claims = claims(Optional.empty(), Optional.empty());
        HopTokens.Claims brief = new HopTokens.Claims(
                "reports", ANNA, Optional.empty(), Optional.empty(), "r-1", 0, Duration.ofMillis(999));

        assertThatThrownBy(() -> tokens.sign("c2hvcnQ", claims))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> tokens.sign(key, brief))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("999 ms");
    }

    private static HopTokens.Claims claims(Optional<String> tenant, Optional<String> caller) {
        return new HopTokens.Claims("reports", ANNA, tenant, caller, "r-1", 2, Duration.ofSeconds(5));
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String mac(String key, String signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(key), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }
}
