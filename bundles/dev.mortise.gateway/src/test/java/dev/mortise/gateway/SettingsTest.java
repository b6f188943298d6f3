// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.gateway.guard.GuardSettings.RetrySettings;
import dev.mortise.gateway.registry.RegistrySettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void hasTheDocumentedDefaults() {
        assertThat(Settings.of(TestConfig.defaults()))
                .isEqualTo(new Settings(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        8,
                        1000,
                        Set.of(),
                        TestGateway.GUARDS,
                        new RegistrySettings(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(15),
                                Duration.ofHours(1),
                                1000,
                                new RegistrySettings.Asking(16, 8, Duration.ofSeconds(2), 16)),
                        false));
        assertThat(TestGateway.GUARDS.retry()).isEqualTo(new RetrySettings(20, 3, 10));
    }

    @Test
    void takesEveryKey() {
        Settings settings = Settings.of(TestConfig.with(Map.ofEntries(
                Map.entry("deadline_seconds", 5),
                Map.entry("deadline_limit_seconds", 10),
                Map.entry("hop_limit", 2),
                Map.entry("query_max_parameters", 3),
                Map.entry("public$_$plugins", " site , shop,"),
                Map.entry("bulkhead_calls", 4),
                Map.entry("breaker_open_seconds", 6),
                Map.entry("retry_budget_reserve", 7),
                Map.entry("registry_ask_threads", 9),
                Map.entry("registry_ask_each", 5),
                Map.entry("auth", "off"))));

        assertThat(settings)
                .isEqualTo(new Settings(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        2,
                        3,
                        Set.of("site", "shop"),
                        settings.guards(),
                        settings.registry(),
                        true));
        assertThat(settings.registry().asking().threads()).isEqualTo(9);
        assertThat(settings.registry().asking().each()).isEqualTo(5);
        assertThat(settings.guards().retry().reserve()).isEqualTo(7);
        assertThat(settings.guards().places().calls()).isEqualTo(4);
        assertThat(settings.guards().breaker().open()).isEqualTo(Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "127.0.0.53"})
    void takesAuthOffOnLoopback(String host) {
        assertThat(Settings.of(TestConfig.with(Map.of("auth", "off", "host", host)))
                        .authOff())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no.such.host.invalid"})
    void ignoresAuthOffWhereOthersCanReachIt(String host) {
        assertThat(Settings.of(TestConfig.with(Map.of("auth", "off", "host", host)))
                        .authOff())
                .isFalse();
    }

    @Test
    void refusesValuesThatMakeNoSense() {
        assertThatThrownBy(() -> Settings.of(TestConfig.with(Map.of("auth", "no"))))
                .hasMessageContaining("'no'");
        assertThatThrownBy(() -> Settings.of(TestConfig.with(Map.of("deadline_seconds", 0))))
                .hasMessageContaining("deadline.seconds");
        assertThatThrownBy(() -> Settings.of(TestConfig.with(Map.of("deadline_limit_seconds", 29))))
                .hasMessageContaining("deadline.limit.seconds");
        assertThatThrownBy(() -> Settings.of(TestConfig.with(Map.of("hop_limit", 0))))
                .hasMessageContaining("hop.limit");
        assertThatThrownBy(() -> Settings.of(TestConfig.with(Map.of("bulkhead_calls", 0))))
                .hasMessageContaining("bulkhead.calls");
        assertThatThrownBy(() -> Settings.of(TestConfig.with(Map.of("registry_ask_seconds", 0))))
                .hasMessageContaining("registry.ask.seconds");
        assertThatThrownBy(() -> Settings.of(TestConfig.with(Map.of("retry_budget_savings", 0))))
                .hasMessageContaining("retry.budget.savings");
    }

    @Test
    void letsTheEndpointsTimeWinWithinTheLimit() {
        Settings settings = Settings.of(TestConfig.defaults());

        assertThat(settings.timeoutNanos(Optional.empty()))
                .isEqualTo(Duration.ofSeconds(30).toNanos());
        assertThat(settings.timeoutNanos(Optional.of(Duration.ofSeconds(90))))
                .isEqualTo(Duration.ofSeconds(90).toNanos());
        assertThat(settings.timeoutNanos(Optional.of(Duration.ofHours(1))))
                .isEqualTo(Duration.ofMinutes(5).toNanos());
    }
}
