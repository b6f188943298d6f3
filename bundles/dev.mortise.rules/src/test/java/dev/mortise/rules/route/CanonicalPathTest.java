// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalPathTest {
    private static final Pattern CODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    record Expected(String shown, String raw, String verdict) {
        @Override
        public String toString() {
            return shown;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void judgesTheCorpus(Expected expected) {
        CanonicalPath.Reading reading = CanonicalPath.read(expected.raw());

        String verdict = reading instanceof CanonicalPath.Reading.Canonical good ? "=" + good.path() : "bad";
        assertThat(verdict).isEqualTo(expected.verdict());
    }

    @Test
    void hasACorpusOfHundredsOfPaths() throws IOException {
        assertThat(corpus()).hasSizeGreaterThan(380);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/p/a/../b | The path has a segment '.' or '..'.",
                "/p/a%2e/b | The path holds an encoded '.', which is ambiguous.",
                "/p//b | The path has an empty segment: a doubled slash, or one at its end.",
                "/p/ | The path has an empty segment: a doubled slash, or one at its end.",
                "/p/a;x=1 | The path holds ';': parameters of segments are not taken.",
                "/p/a^b | The path holds '^', which no path may hold as it is.",
                "/p/ä | The path holds a character that must be percent-encoded as UTF-8.",
                "/p/%c0%ae | The path holds a '%' that is not followed by an encoded UTF-8 character.",
                "/p/%252e | The path is percent-encoded twice.",
                "/p/%0a | The path holds an encoded control character.",
                "p | A path starts with '/'.",
            })
    void saysWhatIsWrong(String raw, String reason) {
        assertThat(CanonicalPath.read(raw)).isEqualTo(new CanonicalPath.Reading.Bad(reason));
    }

    @Test
    void answersAPlainPathItself() {
        String raw = "/api/v1/p/inventory/products/7";

        assertThat(((CanonicalPath.Reading.Canonical) CanonicalPath.read(raw)).path())
                .isSameAs(raw);
    }

    @Test
    void refusesTheEmptyPath() {
        assertThat(CanonicalPath.read("")).isInstanceOf(CanonicalPath.Reading.Bad.class);
    }

    @Property(tries = 5000)
    void answersNothingThatReadsAsAnotherPathWhenItIsReadAgain(
            @ForAll
                    @StringLength(max = 12)
                    @CharRange(from = '!', to = '~')
                    @Chars({'%', '.', '/', '2', 'e', 'E', 'f', ';'})
                    String tail) {
        if (CanonicalPath.read("/" + tail) instanceof CanonicalPath.Reading.Canonical good) {
            assertThat(good.path()).startsWith("/").doesNotContain("//", "/./", "/../", "\\", ";", "\0");
            CanonicalPath.Reading again = CanonicalPath.read(good.path());
            assertThat(again instanceof CanonicalPath.Reading.Canonical same
                            && !same.path().equals(good.path()))
                    .isFalse();
        }
    }

    @Property(tries = 2000)
    void decodesWhatAnEncoderWrote(
            @ForAll @NotBlank @StringLength(max = 20) @CharRange(from = 'a', to = '\u24ff') String text) {
        String raw = "/x" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");

        if (text.chars().noneMatch(c -> Character.getType(c) == Character.CONTROL || c == 0x2028 || c == 0x2029)) {
            assertThat(CanonicalPath.read(raw)).isEqualTo(new CanonicalPath.Reading.Canonical("/x" + text));
        }
    }

    static Stream<Expected> corpus() throws IOException {
        List<String> lines;
        try (InputStream table = CanonicalPathTest.class.getResourceAsStream("paths.tsv")) {
            lines = new String(table.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        return lines.stream()
                .map(line -> line.split("\t", -1))
                .map(row -> new Expected(row[0], plain(row[0]), plain(row[1])));
    }

    private static String plain(String shown) {
        return CODE.matcher(shown)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))));
    }
}
