// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.mortise.api.json.Json;
import dev.mortise.rules.semver.SemverRangeTest.Verdicts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of plugin.json, for editors and the first reading, lets every range through that npm knows. */
class RangePatternTest {
    // npm takes these by accident of its steps: a star or build metadata that goes away, a space between ~ and >
    private static final Set<String> ACCIDENTS = Set.of(
            "1.2.3*",
            "~ >1.2",
            "^ +b 1",
            "~ +b 1",
            "1 - +b 2",
            "+b",
            "1 +b",
            "1.2.3 +b",
            "1.2.3 +b - 2",
            "< +b 2",
            "> +b 1");

    private final Pattern pattern = patternOfTheSchema();

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.mortise.rules.semver.SemverRangeTest#verdictsOfNpm")
    void letsEveryRangeThrough(Verdicts verdicts) {
        boolean ascii = verdicts.range().chars().allMatch(c -> c < 0x80);
        if (!verdicts.expected().equals("malformed") && ascii && !ACCIDENTS.contains(verdicts.range())) {
            assertThat(verdicts.range()).matches(pattern);
        }
    }

    @Test
    void refusesMostOfWhatIsNone() throws IOException {
        assertThat(SemverRangeTest.verdictsOfNpm()
                        .filter(verdicts -> verdicts.expected().equals("malformed"))
                        .filter(verdicts -> pattern.matcher(verdicts.range()).find())
                        .count())
                .isLessThan(30);
    }

    @Test
    void isQuickWithHostileTexts() {
        for (String seed : new String[] {"1 ", "1  ", " ", "||", " || ", "1 - ", "v", "= ", "x.", ">= ", "1-", "1+"}) {
            String text = seed.repeat(500 / seed.length()) + "!";
            assertTimeout(Duration.ofSeconds(1), () -> pattern.matcher(text).find(), seed);
        }
    }

    private static Pattern patternOfTheSchema() {
        try (InputStream schema = Json.class.getResourceAsStream("/dev/mortise/api/plugin.schema.json")) {
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            Matcher range = Pattern.compile("\"range\": \\{.*?\"pattern\": \"(.*?)\"\n", Pattern.DOTALL)
                    .matcher(text);
            assertThat(range.find()).isTrue();
            return Pattern.compile(range.group(1).replace("\\\\", "\\"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
