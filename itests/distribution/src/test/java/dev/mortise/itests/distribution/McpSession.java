// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.util.Map;
import java.util.TreeMap;

/** A session at {@code /mcp} without any SDK: messages as they cross the wire. */
record McpSession(Client client) {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
             "clientInfo":{"name":"rows","version":"1"}}}""";

    /** Begins one. */
    static McpSession begin(Client client) {
        Answer begun = client.post("/mcp", INITIALIZE);
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        return new McpSession(client.with(
                "Mcp-Session-Id", begun.headers().firstValue("Mcp-Session-Id").orElseThrow()));
    }

    private JsonNode ask(String method, String parameters) {
        Answer answer = client.post(
                "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"%s\",\"params\":%s}".formatted(method, parameters));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** Answers the tools by name. */
    Map<String, JsonNode> tools() {
        Map<String, JsonNode> tools = new TreeMap<>();
        ask("tools/list", "{}")
                .at("/result/tools")
                .forEach(tool -> tools.put(tool.path("name").asText(), tool));
        return tools;
    }

    /** Calls one; the answer has either a result or an error. */
    JsonNode call(String name, String arguments) {
        return ask("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(name, arguments));
    }
}
