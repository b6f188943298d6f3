// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mortise.itests.harness.Client;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A client of the Model Context Protocol made with the public SDK, with the fields of a client of the harness. */
final class McpClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private McpClient(Process process) {
        this.process = process;
        this.orders = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    /** Starts one and connects it. */
    static McpClient connect(McpPrograms programs, Client like) throws IOException {
        McpClient client = of(programs, like);
        JsonNode agreed = client.order(Map.of("op", "connect"));
        assertThat(agreed.at("/result/server/name").asText())
                .as(agreed.toString())
                .isEqualTo("mortise");
        return client;
    }

    private static McpClient of(McpPrograms programs, Client like) throws IOException {
        String[] fields = like.fields().entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .toArray(String[]::new);
        String[] arguments = new String[fields.length + 1];
        arguments[0] = like.base().resolve("/mcp").toString();
        System.arraycopy(fields, 0, arguments, 1, fields.length);
        return new McpClient(programs.start("client.mjs", arguments));
    }

    /** Answers the tools by name. */
    Map<String, JsonNode> tools() throws IOException {
        JsonNode answer = order(Map.of("op", "list"));
        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        Map<String, JsonNode> tools = new TreeMap<>();
        answer.path("result").forEach(tool -> tools.put(tool.path("name").asText(), tool));
        return tools;
    }

    /** Calls a tool; the answer has either a result or an error. */
    JsonNode call(String tool, Map<String, ?> arguments) throws IOException {
        return order(Map.of("op", "call", "name", tool, "arguments", arguments));
    }

    /** Calls a tool that must do it, and answers its text. */
    String text(String tool, Map<String, ?> arguments) throws IOException {
        JsonNode answer = call(tool, arguments);
        assertThat(answer.at("/result/isError").asBoolean())
                .as(answer.toString())
                .isFalse();
        List<String> texts = StreamSupport.stream(answer.at("/result/content").spliterator(), false)
                .map(content -> content.path("text").asText())
                .toList();
        assertThat(texts).as(answer.toString()).hasSize(1);
        return texts.get(0);
    }

    /** Answers how often it was told that there are other tools. */
    int changes() throws IOException {
        return order(Map.of("op", "changes")).path("result").asInt();
    }

    /** Ends its session. */
    JsonNode end() throws IOException {
        return order(Map.of("op", "end"));
    }

    private JsonNode order(Map<String, ?> order) throws IOException {
        orders.write(JSON.writeValueAsString(order));
        orders.newLine();
        orders.flush();
        String answer = answers.readLine();
        assertThat(answer).as("an answer to " + order).isNotNull();
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
