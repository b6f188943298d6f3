// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigField.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ConfigFieldTest {
    @Test
    void takesValuesOfItsTypeAlone() {
        assertThat(field(ConfigField.Type.STRING, Limits.NONE).objection("")).isEmpty();
        assertThat(field(ConfigField.Type.NUMBER, Limits.NONE).objection(0)).isEmpty();
        assertThat(field(ConfigField.Type.BOOLEAN, Limits.NONE).objection(false))
                .isEmpty();
        assertThat(field(ConfigField.Type.INTEGER, Limits.NONE).objection(1e3)).isEmpty();
        assertThat(field(ConfigField.Type.JSON, Limits.NONE).objection(List.of()))
                .isEmpty();
        assertThat(field(ConfigField.Type.STRING, Limits.NONE).objection(1))
                .contains("is a number, but a text is expected");
        assertThat(field(ConfigField.Type.NUMBER, Limits.NONE).objection("1"))
                .contains("is a text, but a number is expected");
        assertThat(field(ConfigField.Type.INTEGER, Limits.NONE).objection(1.5))
                .contains("is a number, but a whole number is expected");
        assertThat(field(ConfigField.Type.NUMBER, Limits.NONE).objection(Double.POSITIVE_INFINITY))
                .contains("is a number, but a number is expected");
        assertThat(field(ConfigField.Type.BOOLEAN, Limits.NONE).objection(Map.of()))
                .contains("is an object, but true or false is expected");
        assertThat(field(ConfigField.Type.NUMBER, Limits.NONE).objection(List.of()))
                .contains("is a list, but a number is expected");
    }

    @Test
    void keepsNumbersWithinBounds() {
        ConfigField field = field(
                ConfigField.Type.NUMBER,
                new Limits(
                        Optional.empty(), Optional.of(new BigDecimal("0.5")), Optional.of(BigDecimal.TEN), List.of()));

        assertThat(field.objection(0.5)).isEmpty();
        assertThat(field.objection(10)).isEmpty();
        assertThat(field.objection(0.4)).contains("is below 0.5");
        assertThat(field.objection(11L)).contains("is above 10");
    }

    @Test
    void comparesOptionsByTheirValue() {
        ConfigField field = field(
                ConfigField.Type.NUMBER,
                new Limits(Optional.empty(), Optional.empty(), Optional.empty(), List.of(1, 2)));

        assertThat(field.objection(2.0)).isEmpty();
        assertThat(field.objection(3)).contains("is none of 1, 2");
    }

    @Test
    void comparesNumbersInsideOptionsToo() {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", null);
        ConfigField field = field(
                ConfigField.Type.JSON,
                new Limits(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(one, List.of(1, new BigDecimal("2.50")), "x\"\n\\y", true)));
        Map<String, @Nullable Object> same = new LinkedHashMap<>();
        same.put("b", null);
        same.put("a", new BigDecimal("1.0"));

        assertThat(field.objection(same)).isEmpty();
        assertThat(field.objection(List.of(1.0, 2.5))).isEmpty();
        assertThat(field.objection(List.of(2.5, 1))).isPresent();
        assertThat(field.objection(List.of(1))).isPresent();
        assertThat(field.objection(Map.of("a", 1))).isPresent();
        assertThat(field.objection(Map.of("a", 1, "c", 2))).isPresent();
        assertThat(field.objection(7)).contains("is none of {\"a\":1,\"b\":null}, [1,2.50], \"x\\\"\\n\\\\y\", true");
    }

    @Test
    void matchesTheWholeText() {
        assertThat(pattern("[A-Z]{3}").objection("EUR")).isEmpty();
        assertThat(pattern("[A-Z]{3}").objection("EURO")).contains("does not match '[A-Z]{3}'");
        assertThat(pattern(".*").objection("x".repeat(1001)))
                .contains("is longer than 1000 characters, the most where there is a pattern");
    }

    @Test
    void endsPatternsThatTryTooMuch() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(pattern("(a|aa)+\\1b").objection("a".repeat(60)))
                    .contains("takes too long to compare with '(a|aa)+\\1b'");
            assertThat(pattern("(x+x+)+y").objection("x".repeat(1000))).isPresent();
        });
    }

    private static ConfigField pattern(String pattern) {
        return field(
                ConfigField.Type.STRING,
                new Limits(Optional.of(pattern), Optional.empty(), Optional.empty(), List.of()));
    }

    private static ConfigField field(ConfigField.Type type, Limits limits) {
        return new ConfigField(
                "f", type, "F", "", false, Optional.empty(), Optional.empty(), false, Scope.TENANT, limits);
    }
}
