// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.port.ManifestReader.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that are no JSON object, or one that is too large to be meant. */
class GarbageTest {
    private static final SchemaManifestReader READER = new SchemaManifestReader();
    private static final String HEAD = "{\"id\":\"reports\",\"name\":\"Reports\",\"version\":\"1.0.0\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``            | plugin.json is no JSON object.",
                "[]            | plugin.json is no JSON object.",
                "null          | plugin.json is no JSON object.",
                "\"id\"        | plugin.json is no JSON object.",
                "{             | plugin.json is no JSON: line 1, column 2: Unexpected end-of-input",
                "{} {}         | plugin.json is no JSON: line 1, column 4: Trailing token",
                "{\"id\":\"a\",\"id\":\"b\"} | plugin.json is no JSON: line 1, column 15: Duplicate field 'id'.",
                "{'id':1}      | plugin.json is no JSON: line 1, column 2: Unexpected character",
                "// {}         | plugin.json is no JSON: line 1, column 1: Unexpected character",
                "{\"id\":1e99999999999} | plugin.json is no JSON: a number has an exponent that is too large.",
                "{\"id\":NaN}  | plugin.json is no JSON: line 1, column 10: Non-standard token 'NaN'.",
            })
    void saysSoInOneSentence(String document, String start) {
        assertThat(invalid(document)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).startsWith(start);
            assertThat(problem.pointer()).isEmpty();
        });
    }

    @Test
    void refusesAByteOrderMark() {
        assertThat(invalid("\uFEFF" + HEAD + "}")).singleElement().satisfies(problem -> assertThat(problem.message())
                .isEqualTo("plugin.json starts with a byte order mark."));
    }

    @Test
    void refusesWhatIsNoUtf8() {
        byte[] utf16 = (HEAD + "}").getBytes(StandardCharsets.UTF_16LE);
        byte[] latin1 = (HEAD + ",\"description\":\"ä\"}").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(((Result.Invalid) READER.read(utf16)).problems()).hasSize(1);
        assertThat(((Result.Invalid) READER.read(latin1)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("plugin.json is no UTF-8 text."));
    }

    @Test
    void refusesWhatIsTooLargeTooDeepOrTooLong() {
        String large = HEAD + " ".repeat(1024 * 1024) + "}";
        String deep = HEAD + ",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String digits = HEAD + ",\"x\":" + "1".repeat(1000) + "}";
        String text = HEAD + ",\"host\":\"" + "1 ".repeat(20_000) + "\"}";

        assertThat(List.of(large, deep, digits, text))
                .allSatisfy(document -> assertThat(invalid(document)).hasSize(1));
    }

    @Test
    void isNotSlowedDownByLongTexts() {
        String range = "1 ".repeat(4_900) + "!";

        assertThat(invalid(HEAD + ",\"host\":\"" + range + "\"}"))
                .extracting(ManifestProblem::message)
                .containsExactly("'/host' is longer than 256 characters.");
    }

    private static List<ManifestProblem> invalid(String document) {
        return ((Result.Invalid) READER.read(document.getBytes(StandardCharsets.UTF_8))).problems();
    }
}
