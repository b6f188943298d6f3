// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void writesEveryKindOfValueInOrder() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a");
        object.put("number", 404);
        object.put("truth", true);
        object.put("list", List.of("a", Map.of("b", "c")));
        object.put("none", List.of());
        object.put("empty", Map.of());

        assertThat(JsonText.of(object))
                .isEqualTo("{\"text\":\"a\",\"number\":404,\"truth\":true,\"list\":[\"a\",{\"b\":\"c\"}],"
                        + "\"none\":[],\"empty\":{}}");
    }

    @Test
    void escapesWhatEndsALineOrAString() {
        assertThat(JsonText.of(Map.of("a", "\"\\\n\u001b\u2028\u007f")))
                .isEqualTo("{\"a\":\"\\\"\\\\\\u000a\\u001b\\u2028\\u007f\"}");
    }

    @Test
    void keepsOtherScriptsAndEscapesSurrogates() {
        assertThat(JsonText.of(Map.of("a", "ä漢😀"))).isEqualTo("{\"a\":\"ä漢\\ud83d\\ude00\"}");
    }
}
