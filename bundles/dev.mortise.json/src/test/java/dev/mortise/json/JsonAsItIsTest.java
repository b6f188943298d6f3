// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.JsonText;
import org.junit.jupiter.api.Test;

class JsonAsItIsTest {
    private final Json json = new JacksonJsonFactory().strict();

    /** A body with a value of any kind. */
    record Order(String key, JsonText value) {}

    @Test
    void takesAnyValueAsText() {
        for (String value : new String[] {
            "null", "true", "0.10", "12345678901234567890123.5", "\"\\u0000ü\"", "[]", "{\"b\":{\"a\":[1,null]}}"
        }) {
            assertThat(json.read("{\"value\":" + value + ",\"key\":\"k\"}", Order.class))
                    .isEqualTo(new Order("k", new JsonText(value)));
        }
    }

    @Test
    void writesTheTextAsItIs() throws Exception {
        assertThat(json.write(new Order("k", new JsonText("{\"a\" : [1.10]}"))).text())
                .isEqualTo("{\"key\":\"k\",\"value\":{\"a\" : [1.10]}}");
    }

    @Test
    void isAWholeDocumentToo() throws Exception {
        assertThat(json.read(Body.of(" [1, 2] "), JsonText.class)).isEqualTo(new JsonText("[1,2]"));
        assertThatThrownBy(() -> json.read(Body.of("[1] 2"), JsonText.class)).isInstanceOf(MortiseException.class);
        assertThat(json.read(Body.of("null"), JsonText.class)).isEqualTo(new JsonText("null"));
    }

    @Test
    void knowsWhatIsMissingFromNull() {
        assertThatThrownBy(() -> json.read("{\"key\":\"k\"}", Order.class))
                .isInstanceOf(MortiseException.class)
                .hasMessageContaining("value");
    }

    @Test
    void refusesWhatIsMalformedInside() {
        for (String value : new String[] {"{\"a\":1,\"a\":2}", "[1,]", "{", "01", "nul"}) {
            assertThatThrownBy(() -> json.read("{\"key\":\"k\",\"value\":" + value + "}", Order.class))
                    .as(value)
                    .isInstanceOf(MortiseException.class);
        }
    }
}
