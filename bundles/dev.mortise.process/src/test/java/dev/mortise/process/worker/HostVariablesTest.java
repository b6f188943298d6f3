// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostVariablesTest {
    private static final Map<String, String> HOST = Map.of(
            "HTTPS_PROXY", "http://proxy",
            "GITHUB_TOKEN", "t",
            "client_secret", "s",
            "DB_URL", "u",
            "MORTISE_DB_PASSWORD", "p");
    private static final List<String> ASKED =
            List.of("HTTPS_PROXY", "GITHUB_TOKEN", "client_secret", "DB_URL", "MORTISE_DB_PASSWORD", "MISSING");

    @Test
    void givesWhatIsAskedForAndAllowed() {
        assertThat(HostVariables.allowed(ASKED, Set.of(), HOST)).isEmpty();
        assertThat(HostVariables.allowed(List.of(), Set.of("HTTPS_PROXY", "*"), HOST))
                .isEmpty();
        assertThat(HostVariables.allowed(ASKED, Set.of("HTTPS_PROXY", "MISSING"), HOST))
                .containsOnlyKeys("HTTPS_PROXY");
    }

    @Test
    void givesSecretsOnlyByName() {
        assertThat(HostVariables.allowed(ASKED, Set.of("*"), HOST)).containsOnlyKeys("HTTPS_PROXY");
        assertThat(HostVariables.allowed(ASKED, Set.of("*", "GITHUB_TOKEN", "DB_URL"), HOST))
                .containsOnlyKeys("HTTPS_PROXY", "GITHUB_TOKEN", "DB_URL");
    }
}
