// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemverRangeTest {
    private static final Pattern CODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    record Verdicts(String shown, String range, List<Version> versions, String expected) {
        @Override
        public String toString() {
            return shown;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verdictsOfNpm")
    void judgesAsNpmDoes(Verdicts verdicts) {
        SemverRange.Reading reading = SemverRange.read(new VersionRange(verdicts.range()));

        assertThat(described(reading, verdicts.versions())).isEqualTo(verdicts.expected());
    }

    @Test
    void hasSeveralHundredRangesToJudge() throws IOException {
        assertThat(verdictsOfNpm()).hasSizeGreaterThan(380);
    }

    @Test
    void saysWhatIsNoRange() {
        SemverRange.Reading reading = SemverRange.read(new VersionRange("latest"));

        assertThat(reading)
                .isEqualTo(new SemverRange.Reading.Malformed("'latest' is no version range such as ^1.2.0, ~1.2, 1.x,"
                        + " >=1.0.0 <3.0.0 or 1.0.0 - 2.0.0."));
    }

    @Test
    void refusesARangeThatIsTooLongToBeMeant() {
        String longest = "1.0.0 || ".repeat(27) + "1.0.0-abcdefg";

        assertThat(longest).hasSize(256);
        assertThat(SemverRange.read(new VersionRange(longest))).isInstanceOf(SemverRange.Reading.Good.class);
        assertThat(SemverRange.read(new VersionRange(longest + "h"))).isInstanceOf(SemverRange.Reading.Malformed.class);
    }

    @Test
    void answersARangeThatWasReadBefore() {
        SemverRange range = SemverRange.of(new VersionRange("^1.2.0"));

        assertThat(range).hasToString("^1.2.0");
        assertThat(range.admits(new Version("1.3.0"))).isTrue();
        assertThat(range.admits(new Version("2.0.0"))).isFalse();
    }

    @Test
    void throwsWhereARangeWasTakenForGood() {
        assertThatThrownBy(() -> SemverRange.of(new VersionRange("[1.0,2.0)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'[1.0,2.0)' is no version range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"v1.0.0", "1.0", "1", "01.0.0", "1.00.0", "1.0.0-", "1.0.0-01", "1.0.0+", " 1.0.0", "=1.0.0"})
    void knowsNoLooseVersions(String text) {
        assertThat(Version.valid(text)).isFalse();
    }

    @Test
    void ordersVersionsAsTheSpecificationDoes() {
        List<String> ordered = List.of(
                "0.0.0-0",
                "0.0.0",
                "1.0.0-0",
                "1.0.0-99999999999999999999",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.2.0",
                "1.10.0",
                "2.0.0",
                "10.0.0",
                "99999999999999999999.0.0");

        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                int order = new Version(ordered.get(i)).compareTo(new Version(ordered.get(j)));
                assertThat(Integer.signum(order))
                        .as(ordered.get(i) + " and " + ordered.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        assertThat(new Version("1.0.0+a")).isEqualByComparingTo(new Version("1.0.0+b-c.d"));
        assertThat(new Version("1.0.0+a-b").preRelease()).isFalse();
    }

    static Stream<Verdicts> verdictsOfNpm() throws IOException {
        List<String> lines;
        try (InputStream table = SemverRangeTest.class.getResourceAsStream("npm-verdicts.tsv")) {
            lines = new String(table.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        List<Version> versions = Arrays.stream(
                        lines.get(0).replaceFirst(".*\t", "").split(" ", -1))
                .map(Version::new)
                .toList();
        return lines.stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(row -> new Verdicts(row[0], plain(row[0]), versions, row[1]));
    }

    private static String plain(String quoted) {
        return CODE.matcher(quoted.substring(1, quoted.length() - 1))
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))));
    }

    private static String described(SemverRange.Reading reading, List<Version> versions) {
        return reading instanceof SemverRange.Reading.Good good
                ? versions.stream()
                        .map(version -> good.range().admits(version) ? "1" : "0")
                        .collect(Collectors.joining())
                : "malformed";
    }
}
