// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``                   ; {}",
                "a=1                  ; {a=[1]}",
                "a=1&b=2&a=3          ; {a=[1, 3], b=[2]}",
                "b=1&a=2              ; {b=[1], a=[2]}",
                "a                    ; {a=[]}",
                "a=                   ; {a=[]}",
                "a==b=c               ; {a=[=b=c]}",
                "=1                   ; {=[1]}",
                "&&a=1&               ; {a=[1]}",
                "q=a+b%20c%2Bd        ; {q=[a b c+d]}",
                "q=%C3%A4%F0%9F%98%80 ; {q=[ä😀]}",
                "%61=%26%3D%23%25     ; {a=[&=#%]}",
                "a[0]=x|y             ; {a[0]=[x|y]}",
            })
    void readsParametersInOrder(String raw, String values) {
        assertThat(parameters(raw)).hasToString(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%c0%ae",
                "a=%ff",
                "%ed%a0%80=1",
                "a=%00",
                "a=b c",
                "a=ä",
                "a=#",
                "a=\n"
            })
    void refusesWhatIsNotCleanlyEncoded(String raw) {
        assertThat(QueryString.read(raw, 10)).isInstanceOf(QueryString.Reading.Bad.class);
    }

    @Test
    void refusesMoreParametersThanTheLimitAtOnce() {
        String million = "a=1&".repeat(1_000_000);

        assertThat(QueryString.read("a=1&b=2", 2)).isInstanceOf(QueryString.Reading.Parameters.class);
        assertThat(QueryString.read(million, 200))
                .isEqualTo(new QueryString.Reading.Bad("The query has more than 200 parameters."));
    }

    @Test
    void answersValuesThatNobodyCanChange() {
        Map<String, List<String>> values = parameters("a=1");

        assertThatThrownBy(() -> values.put("b", List.of())).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.get("a").add("2")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<String, List<String>> parameters(String raw) {
        return ((QueryString.Reading.Parameters) QueryString.read(raw, 100)).values();
    }
}
