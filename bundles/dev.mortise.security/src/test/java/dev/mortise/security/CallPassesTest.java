// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.HopTokens.Claims;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallPassesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Identity ANNA = Identity.user("anna", new TenantId("acme"), Set.of("plugin.stock.read"));
    private static final Claims CLAIMS =
            new Claims("desk", ANNA, Optional.of("acme"), Optional.of("crm"), "r-1", 2, Duration.ofSeconds(5));

    @TempDir
    private Path home;

    private HopTokenSigner at(Instant time, Path where) {
        return new HopTokenSigner(Clock.fixed(time, ZoneOffset.UTC), new SecretKeyFile(where));
    }

    @Test
    void isReadByEveryNodeThatHasTheKeys() {
        String pass = at(NOW, home).pass(CLAIMS);

        Claims read = at(NOW.plusSeconds(4), home).passed(pass).orElseThrow();

        assertThat(read.audience()).isEqualTo("desk");
        assertThat(read.identity()).isEqualTo(ANNA);
        assertThat(read.tenant()).contains("acme");
        assertThat(read.caller()).contains("crm");
    }

    @Test
    void isGivenAgainToTheSamePluginForTheSameUserOnly() {
        HopTokenSigner signer = at(NOW, home);
        Identity otto = Identity.user("otto", new TenantId("acme"), Set.of());
        Claims others = new Claims(
                "desk", otto, CLAIMS.tenant(), CLAIMS.caller(), CLAIMS.requestId(), CLAIMS.hop(), CLAIMS.life());

        assertThat(signer.pass(CLAIMS)).isEqualTo(signer.pass(CLAIMS)).isNotEqualTo(signer.pass(others));
    }

    @Test
    void endsAMinuteAfterItsCallAtTheLatest() {
        assertThat(at(NOW.plusSeconds(66), home).passed(at(NOW, home).pass(CLAIMS)))
                .isEmpty();
    }

    @Test
    void isNotMadeByWhoIsCalled() {
        HopTokenSigner signer = at(NOW, home);
        String pass = signer.pass(CLAIMS);
        String hop = signer.sign(signer.newKey(), CLAIMS);
        String[] parts = pass.split("\\.", -1);
        String[] other = at(NOW, home.resolve("other")).pass(CLAIMS).split("\\.", -1);

        assertThat(signer.passed(hop)).isEmpty();
        assertThat(signer.passed(parts[0] + "." + parts[1] + "." + other[2])).isEmpty();
        assertThat(signer.passed(String.join(".", other))).isEmpty();
        assertThat(signer.passed(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(signer.passed("")).isEmpty();
    }

    @Test
    void outlivesANewKey() {
        SecretKeyFile keys = new SecretKeyFile(home);
        String pass = at(NOW, home).pass(CLAIMS);

        keys.add(NOW);

        assertThat(at(NOW, home).passed(pass)).isPresent();
    }
}
