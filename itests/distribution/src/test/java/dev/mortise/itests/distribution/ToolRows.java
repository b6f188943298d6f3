// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** What the plugin offers to language models; clients of its tenant see no place in it. */
final class ToolRows {
    private ToolRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("its tools", ToolRows::listed),
                Row.of("a call of a tool", ToolRows::called),
                Row.of("a tool that fails", ToolRows::failed),
                Row.of("arguments that a tool does not take", ToolRows::judged),
                Row.of("a tool that it does not have", ToolRows::unknown));
    }

    /** Members of an object have no order; single quotes stand for double ones. */
    private static JsonNode tree(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static McpSession session(Subject subject) {
        return McpSession.begin(subject.container().client());
    }

    private static String name(Subject subject, String tool) {
        return subject.place().plugin() + "_" + tool;
    }

    private static void listed(Subject subject) throws JsonProcessingException {
        Map<String, JsonNode> tools = session(subject).tools();

        assertThat(tools).containsKeys(name(subject, "say"), name(subject, "fail"), name(subject, "guarded"));
        JsonNode say = tools.get(name(subject, "say"));
        assertThat(say.size()).as(say.toString()).isEqualTo(3);
        assertThat(say.path("description").asText()).isEqualTo("Says a word.");
        assertThat(say.path("inputSchema"))
                .isEqualTo(tree("{'type':'object','properties':{'word':{'type':'string','maxLength':9}}}"));
    }

    private static void called(Subject subject) throws JsonProcessingException {
        JsonNode told = session(subject).call(name(subject, "say"), "{\"word\":\"moin\"}");

        assertThat(told.path("result"))
                .isEqualTo(tree("{'content':[{'type':'text','text':'moin for default'}],'isError':false}"));
    }

    private static void failed(Subject subject) throws JsonProcessingException {
        JsonNode told = session(subject).call(name(subject, "fail"), "{}");

        assertThat(told.path("result"))
                .isEqualTo(tree("{'content':[{'type':'text','text':'There is no such word.'}],'isError':true}"));
    }

    private static void judged(Subject subject) {
        JsonNode told = session(subject).call(name(subject, "say"), "{\"word\":\"far too long\"}");

        assertThat(told.at("/result/isError").asBoolean()).as(told.toString()).isTrue();
        assertThat(told.at("/result/content/0/text").asText()).contains("9 characters");
    }

    private static void unknown(Subject subject) {
        JsonNode told = session(subject).call(name(subject, "shout"), "{}");

        assertThat(told.at("/error/code").asInt()).as(told.toString()).isEqualTo(-32602);
    }
}
