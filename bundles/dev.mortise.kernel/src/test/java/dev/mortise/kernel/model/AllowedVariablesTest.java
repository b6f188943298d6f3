// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedVariablesTest {
    @Test
    void areThoseThatAreListed() {
        AllowedVariables some = AllowedVariables.parse(" PROXY, GITHUB_TOKEN\tOTHER,, ");

        assertThat(some.names()).isEqualTo(Set.of("PROXY", "GITHUB_TOKEN", "OTHER"));
        assertThat(some.admits("PROXY")).isTrue();
        assertThat(some.admits("GITHUB_TOKEN")).isTrue();
        assertThat(some.admits("PATH")).isFalse();
        assertThat(AllowedVariables.parse("").admits("")).isFalse();
    }

    @Test
    void areAllButSecretsBehindAStar() {
        AllowedVariables all = AllowedVariables.parse("*, DB_URL");

        assertThat(all.admits("PATH")).isTrue();
        assertThat(all.admits("DB_URL")).isTrue();
        for (String secret : Set.of("DB_PASSWORD", "MORTISE_HTTP_PORT", "client_secret", "GITHUB_TOKEN")) {
            assertThat(all.admits(secret)).as(secret).isFalse();
        }
    }
}
