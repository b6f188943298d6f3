// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningSettingsTest {
    private static final Schema SCHEMA = Schema.of(Map.of(
            "plugins",
            "# Names. Counts at once.\n<id>.env =\n\n# A place.\n<id>.location =\n",
            "http",
            "# The port.\nport = 1\n"));

    @Test
    void takeWhatComesAndGoesForSinglePlugins() {
        RunningSettings first = RunningSettings.of(settings(Map.of()));

        RunningSettings.Change come = first.to(settings(Map.of("crm.env", "A, B")));
        assertThat(come.told()).containsExactly("plugins.crm.env changed from nothing to A, B");
        assertThat(come.next().used().of("plugins")).isEqualTo(Map.of("crm.env", "A, B"));

        RunningSettings.Change gone = come.next().to(settings(Map.of()));
        assertThat(gone.told()).containsExactly("plugins.crm.env changed from A, B to nothing");
        assertThat(gone.next().used().of("plugins")).isEmpty();
        assertThat(gone.next().to(settings(Map.of())).told()).isEmpty();
    }

    @Test
    void keepWhatWaitsForAStartWhereItIsTakenAway() {
        RunningSettings first = RunningSettings.of(settings(Map.of("crm.location", "worker")));

        RunningSettings.Change gone = first.to(settings(Map.of()));

        assertThat(gone.waiting()).containsExactly("plugins.crm.location changed; it counts from the next start on");
        assertThat(gone.next().used().of("plugins")).isEqualTo(Map.of("crm.location", "worker"));
        assertThat(gone.next().to(settings(Map.of())).waiting()).isEmpty();
    }

    /** Settings of plugins and processes read the same line: they must not differ in what it says. */
    @Test
    void takeTheVariablesOfAPluginAtOnce() {
        Schema shipped = Schema.shipped();

        assertThat(shipped.find("plugins", "crm.env").orElseThrow().live()).isTrue();
        assertThat(shipped.find("plugins", "crm.env-secrets").orElseThrow().live())
                .isTrue();
    }

    private static Settings settings(Map<String, String> lines) {
        Map<Setting, String> values = new HashMap<>();
        SCHEMA.find("http", "port").ifPresent(port -> values.put(port, "1"));
        lines.forEach((key, value) -> values.put(SCHEMA.find("plugins", key).orElseThrow(), value));
        return new Settings(values);
    }
}
