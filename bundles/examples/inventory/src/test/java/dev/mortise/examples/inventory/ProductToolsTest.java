// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import static dev.mortise.testkit.call.ContextBuilder.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolCall;
import dev.mortise.api.tool.ToolResult;
import dev.mortise.testkit.call.TestJson;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class ProductToolsTest {
    private final MapProducts products = new MapProducts();
    private final Tool find =
            new ProductTools(products, TestJson.json()).tools().get(0);

    @Test
    void findsByAPartOfTheName() throws Exception {
        products.add(new ProductValues("Saw", "saw-1", new BigDecimal("19.90"), 3));
        products.add(new ProductValues("Hammer", "ham-1", BigDecimal.ONE, 0));

        assertThat(find("{\"search\":\"Saw\"}")).contains("\"total\":1", "\"price\":19.90");
        assertThat(find("{}")).contains("\"total\":2");
    }

    private String find(String arguments) throws Exception {
        ToolResult result = find.handler()
                .call(new ToolCall(find.name(), Body.of(arguments), context().build()));
        return result.content().text();
    }
}
