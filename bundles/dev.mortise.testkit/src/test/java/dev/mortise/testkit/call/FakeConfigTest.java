// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeConfigTest {
    @Test
    void answersWhatItWasGiven() {
        FakeConfig config = new FakeConfig()
                .with("text", "")
                .with("number", 3)
                .with("flag", false)
                .with("free", List.of(1));

        assertThat(config.text("text")).isEmpty();
        assertThat(config.number("number")).isEqualTo(new BigDecimal("3"));
        assertThat(config.flag("flag")).isFalse();
        assertThat(config.json("free", List.class)).isEqualTo(List.of(1));
        assertThat(config.without("text").findText("text")).isEmpty();
    }

    @Test
    void refusesWhatIsMissingAsTheContainerDoes() {
        assertThatThrownBy(() -> new FakeConfig().text("a"))
                .isInstanceOf(MortiseException.class)
                .hasMessage("'a' is required and has no value. Set it.");
        assertThatThrownBy(() -> new FakeCredentials("key").get("a"))
                .isInstanceOf(MortiseException.class)
                .hasMessage("There is no credential 'a'. Give it one.");
    }

    @Test
    void neverShowsACredential() {
        FakeCredentials credentials = new FakeCredentials("key").with("apiKey", "canary");

        assertThat(credentials.get("apiKey")).isEqualTo("canary");
        assertThat(credentials.methodId()).contains("key");
        assertThat(credentials).hasToString("Credentials[apiKey]");
    }
}
