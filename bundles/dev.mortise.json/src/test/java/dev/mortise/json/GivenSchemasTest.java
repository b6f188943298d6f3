// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.port.JsonSchemas;
import dev.mortise.kernel.port.JsonSchemas.Judge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GivenSchemasTest {
    private final JsonSchemas schemas = new GivenSchemas();

    @Test
    void saysWhatIsWrongInSentences() {
        Judge judge = schemas.of(
                "{\"type\":\"object\",\"required\":[\"name\"],\"additionalProperties\":false,"
                        + "\"properties\":{\"name\":{\"type\":\"string\",\"pattern\":\"^a+$\"},\"count\":{\"type\":\"integer\"}}}");

        assertThat(judge.violations("{\"name\":\"aa\",\"count\":2}")).isEmpty();
        assertThat(judge.violations("{\"count\":\"2\",\"other\":1}"))
                .hasSize(3)
                .anyMatch(sentence -> sentence.contains("'name' is missing"))
                .anyMatch(sentence -> sentence.contains("a whole number is expected"))
                .anyMatch(sentence -> sentence.contains("no key that the schema knows"));
        assertThat(judge.violations("{\"name\":\"aab\"}")).hasSize(1);
    }

    @Test
    void whatHasNoSentenceIsNotLetThrough() {
        assertThat(schemas.of("{\"anyOf\":[false]}").violations("{}")).isNotEmpty();
        assertThat(schemas.of("{\"not\":{}}").violations("{}")).isNotEmpty();
    }

    /** Else this would take some hundred years. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPatternWithoutEndDoesNotMatch() {
        Judge judge = schemas.of("{\"properties\":{\"a\":{\"pattern\":\"^(.*a){12}$\"}}}");

        assertThat(judge.violations("{\"a\":\"" + "a".repeat(60) + "!\"}")).hasSize(1);
        assertThat(judge.violations("{\"a\":\"" + "a".repeat(60) + "\"}")).isEmpty();
    }

    @Test
    void aTextThatIsTooLongForAPatternDoesNotMatch() {
        Judge judge = schemas.of("{\"properties\":{\"a\":{\"pattern\":\"^(x|y)*$\"}}}");

        assertThat(judge.violations("{\"a\":\"" + "x".repeat(1_000_000) + "\"}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "1",
                "{\"$ref\":\"https://example.org/schema\"}",
                "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}"
            })
    void refusesWhatIsNoSchemaAndFetchesNothing(String text) {
        assertThatThrownBy(() -> schemas.of(text).violations("{\"a\":\"b\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
