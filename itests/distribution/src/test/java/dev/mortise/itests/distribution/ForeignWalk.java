// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for everything that a description of the API (OpenAPI) names, with what belongs to somebody else in every parameter.
 *
 * @param known what may stand for a parameter of a path, by its name
 * @param others what may stand for any other one
 * @param query sent with every request
 * @param body sent with every request that may have one
 */
record ForeignWalk(Map<String, List<String>> known, List<String> others, String query, String body) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    /** One request and what came of it. */
    record Step(String method, String path, Answer answer) {
        @Override
        public String toString() {
            return method + " " + path + " → " + answer.status() + " " + answer.body();
        }
    }

    /** Walks as somebody and hands over every step. Streams are left out: they do not end. */
    int walk(JsonNode api, Client client, BiConsumer<Client, Step> look) {
        int steps = 0;
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (String method : METHODS) {
                JsonNode operation = path.getValue().path(method);
                if (operation.isMissingNode() || operation.toString().contains("text/event-stream")) {
                    continue;
                }
                for (String filled : filled(path.getKey())) {
                    look.accept(client, ask(client, method, filled));
                    steps++;
                }
            }
        }
        return steps;
    }

    Step ask(Client client, String method, String path) {
        String verb = method.toUpperCase(java.util.Locale.ROOT);
        String sent = verb.equals("GET") || verb.equals("DELETE") ? "" : body;
        return new Step(verb, path, client.send(verb, path + "?" + query, sent));
    }

    private List<String> filled(String template) {
        List<String> paths = List.of(template);
        Matcher parameter = PARAMETER.matcher(template);
        while (parameter.find()) {
            List<String> next = new ArrayList<>();
            for (String path : paths) {
                for (String value : known.getOrDefault(parameter.group(1), others)) {
                    next.add(path.replace(parameter.group(), value));
                }
            }
            paths = next;
        }
        return paths;
    }
}
