// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedTest {
    @ParameterizedTest
    @CsvSource({
        "Allowed: 0 to 65535., 8080, 0, true",
        "Allowed: 0 to 65535., 8080, 65536, false",
        "Allowed: 0 to 65535., 8080, -1, false",
        "'Allowed: auto, a range within 1000-9999.', auto, auto, true",
        "'Allowed: auto, a range within 1000-9999.', auto, 1000-9999, true",
        "'Allowed: auto, a range within 1000-9999.', auto, 2000 - 2000, true",
        "'Allowed: auto, a range within 1000-9999.', auto, 0-5, false",
        "'Allowed: auto, a range within 1000-9999.', auto, 3000-2000, false",
        "'Allowed: auto, a range within 1000-9999.', auto, 1000-10000, false",
        "'Allowed: auto, a range within 1000-9999.', auto, nonsense, false",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, 15000, true",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, ' 15000 ', true",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, 15000 - 15001, true",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, 0, false",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, 65536, false",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, 65536-65537, false",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, nonsense, false",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, 15000-, false",
        "'Allowed: a number within 1-65535, a range within 1-65535.', 15000-15999, '', false",
        "'', 200, 0, false",
        "'', 200, 1, true",
        "'', 200, 99999999999, false",
        "'', 200, 99999999999999999999999, false",
        "'', true, yes, false",
        "'', true, false, true",
        "'', nobody, whatever you like, true",
    })
    void judgesValues(String comment, String initial, String value, boolean admitted) {
        assertThat(Allowed.of("It is a setting. " + comment, initial).admits(value))
                .isEqualTo(admitted);
    }

    @Test
    void readsWordsAndBeginnings() {
        Allowed url = Allowed.of("The address. Allowed: empty, jdbc:postgresql:….", "");

        assertThat(url.admits("")).isTrue();
        assertThat(url.admits("jdbc:postgresql://db/mortise")).isTrue();
        assertThat(url.admits("mysql://db")).isFalse();
        assertThat(url.words()).isEqualTo("empty or jdbc:postgresql:…");
    }

    @Test
    void saysInTheShippedFilesWhatTheCodeTakes() {
        assertThat(Schema.shipped().settings())
                .allSatisfy(setting ->
                        assertThat(setting.allowed().admits(setting.initial())).isTrue());
        assertThat(Schema.shipped()
                        .find("gateway", "auth")
                        .orElseThrow()
                        .allowed()
                        .admits("maybe"))
                .isFalse();
        assertThat(Schema.shipped().find("workers", "ports").orElseThrow().allowed())
                .matches(ports -> ports.admits("15000") && ports.admits("15000-15999") && !ports.admits("nonsense"));
        assertThat(Schema.shipped().find("workers", "email.port").orElseThrow().allowed())
                .matches(ports -> ports.admits("") && ports.admits("15000-15009") && !ports.admits("nonsense"));
        assertThat(Schema.shipped().find("log", "level").orElseThrow().allowed().admits("LOUD"))
                .isFalse();
    }
}
