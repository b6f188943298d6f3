// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {
    @Test
    void everythingMayBeSaid() {
        Options options = Options.parse(List.of(("--plugin=x.jar --tenant acme --port 9000 --core http://core:8080/"
                        + " --token-file t --advertise http://me:9000 --node n-2 --bind 0.0.0.0 --mode test")
                .split(" ")));

        assertThat(options.plugin()).contains(Path.of("x.jar"));
        assertThat(options.core().orElseThrow()).hasToString("http://core:8080");
        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.tenant()).contains("acme");
        assertThat(options.bind()).isEqualTo("0.0.0.0");
    }

    @Test
    void aPluginIsEnough() {
        Options options = Options.parse(List.of("--plugin", "x.jar"));

        assertThat(options.port()).isZero();
        assertThat(options.bind()).isEqualTo("127.0.0.1");
        assertThat(options.core()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--plugins x.jar,Unknown option '--plugins'",
        "--plugin,needs a value",
        "--plugin --tenant,needs a value",
        "--plugin a --plugin b,given twice",
        "--port 70000,is no port",
        "--port x,is no port",
        "--core http://core:1,belong together",
        "--core core --token-file t,is no URL",
        "--mode fast,is no mode"
    })
    void whatCanNotBeCarriedOutIsNamed(String line, String sentence) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }
}
