// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
    private final Usage usage = Usage.of("move <id> [<place>] [--force] [--after <seconds>]", "moves");

    @Test
    void takesOptionsAnywhere() {
        Object answer = run("--after", "5", "reports", "--force");

        assertThat(answer).isInstanceOfSatisfying(Usage.Words.class, words -> {
            assertThat(words.positions()).containsExactly("reports");
            assertThat(words.has("--force")).isTrue();
            assertThat(words.option("--after")).contains("5");
        });
    }

    @Test
    void leavesOutWhatIsOptional() {
        assertThat(run("reports", "here")).isInstanceOfSatisfying(Usage.Words.class, words -> {
            assertThat(words.positions()).containsExactly("reports", "here");
            assertThat(words.has("--force")).isFalse();
            assertThat(words.option("--after")).isEqualTo(Optional.empty());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b c", "--force"})
    void answersTheUsageWhenPositionsAreTooFewOrTooMany(String typed) {
        assertThat(run(typed.isEmpty() ? new String[0] : typed.split(" ")))
                .isEqualTo(new Sentence("Usage: move <id> [<place>] [--force] [--after <seconds>]"));
    }

    @Test
    void namesAnUnknownOption() {
        assertThat(run("reports", "--farce"))
                .isEqualTo(new Sentence(
                        "'--farce' is no option here. " + "Usage: move <id> [<place>] [--force] [--after <seconds>]"));
    }

    @Test
    void namesAnOptionWithoutItsValue() {
        assertThat(run("reports", "--after"))
                .isEqualTo(new Sentence(
                        "'--after' needs a value. " + "Usage: move <id> [<place>] [--force] [--after <seconds>]"));
    }

    private Object run(String... typed) {
        return usage.run(typed, words -> words);
    }
}
