// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.testkit.call.TestJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectingTest {
    private static final ConfigSchema SCHEMA = new ConfigSchema(
            List.of(field("apiKey"), field("clientId")),
            List.of(new ApiKey("key", "Key", "apiKey"), new ApiKey("oauth", "OAuth", "clientId")));
    private static final Optional<AuthState> NONE = Optional.empty();
    private static final Optional<AuthState> KEY = auth("key", Map.of("apiKey", "k"));
    private static final Optional<AuthState> CLIENT = auth("oauth", Map.of("clientId", "me"));
    private static final Optional<AuthState> BARE = auth("oauth", Map.of());

    private static Optional<AuthState> auth(String method, Map<String, String> credentials) {
        return Optional.of(new AuthState(method, credentials, Optional.empty()));
    }

    private static ConfigField field(String name) {
        return Given.field(name, ConfigField.Type.STRING, Optional.empty(), ConfigField.Scope.TENANT);
    }

    private static Optional<AuthState> over(Optional<AuthState> begun, Optional<AuthState> now) {
        ConfigSources nothing = new ConfigSources(
                Optional::empty,
                Optional::empty,
                Optional::empty,
                TestJson.factory().exact(),
                new OperatorFiles(Path.of("target"), Map.of()),
                new SettingsLimit(20_000));
        return new Connecting(nothing, new Place(Given.ACME, Given.REPORTS), SCHEMA, "oauth", begun)
                .over(new Settings(Map.of(), Map.of(), now))
                .flatMap(Settings::auth);
    }

    @Test
    void takesThePlaceOfWhatWasThere() {
        assertThat(over(NONE, NONE)).isEqualTo(BARE);
        assertThat(over(KEY, KEY)).isEqualTo(BARE);
        assertThat(over(CLIENT, CLIENT)).isEqualTo(CLIENT);
    }

    @Test
    void takesThePlaceOfNothingElse() {
        assertThat(over(CLIENT, KEY)).isEmpty();
        assertThat(over(CLIENT, NONE)).isEmpty();
        assertThat(over(NONE, KEY)).isEmpty();
        assertThat(over(CLIENT, auth("oauth", Map.of("clientId", "you")))).isEmpty();
    }

    @Test
    void findsWhatAnEarlierTryKept() {
        assertThat(over(NONE, BARE)).isEqualTo(BARE);
        assertThat(over(KEY, BARE)).isEqualTo(BARE);
    }

    @Test
    void asksAnewWhetherThePluginFindsItGood() {
        Optional<AuthState> good =
                Optional.of(new AuthState("oauth", Map.of("clientId", "me"), Optional.of(Instant.EPOCH)));

        assertThat(over(CLIENT, good)).isEqualTo(CLIENT);
        assertThat(over(good, CLIENT)).isEqualTo(CLIENT);
    }
}
