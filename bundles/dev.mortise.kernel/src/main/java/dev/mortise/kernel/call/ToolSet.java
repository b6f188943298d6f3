// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolCall;
import dev.mortise.api.tool.ToolResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a plugin as the two requests that workers answer too: what there is, and a call. So it makes no difference
 * where the plugin runs.
 */
public final class ToolSet {
    /** Where tools are listed. */
    public static final String LIST = "/mcp/list-tools";

    /** Where a tool is called. */
    public static final String CALL = "/mcp/call-tool";

    private final Json json;
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final List<Map<String, Object>> described = new ArrayList<>();
    private final List<String> objections = new ArrayList<>();

    /**
     * Takes the tools of a plugin; what can't be offered is left out, see {@link #objections}.
     *
     * @param json keeps every digit of numbers
     */
    public ToolSet(List<Tool> offered, Json json) {
        this.json = json;
        offered.forEach(this::add);
    }

    private void add(Tool tool) {
        if (tools.containsKey(tool.name())) {
            objections.add("Tool '%s' is offered twice; the first one counts.".formatted(tool.name()));
            return;
        }
        try {
            described.add(description(tool));
            tools.put(tool.name(), tool);
        } catch (MortiseException noJson) {
            objections.add("Tool '%s' is left out: its inputSchema is no JSON object: %s"
                    .formatted(tool.name(), noJson.getMessage()));
        }
    }

    private Map<String, Object> description(Tool tool) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", tool.name());
        description.put("description", tool.description());
        description.put("inputSchema", json.read(tool.inputSchema(), Map.class));
        if (!tool.permissions().isEmpty()) {
            description.put("permissions", new TreeSet<>(tool.permissions()));
        }
        return description;
    }

    /** Answers the tools as JSON values. */
    public List<Map<String, Object>> described() {
        return List.copyOf(described);
    }

    /** Answers what of the tools could not be offered and why, as sentences. */
    public List<String> objections() {
        return List.copyOf(objections);
    }

    /** Answers what there is. */
    public Response list(Request request) {
        return json.ok(Map.of("tools", described));
    }

    /** Calls a tool, as the plugin's code. */
    public Response call(Request request) throws Exception {
        Map<?, ?> asked = json.read(request.body(), Map.class);
        Tool tool = tools.get(String.valueOf(asked.get("toolName")));
        if (tool == null) {
            throw new MortiseException(ErrorCode.NOT_FOUND, "There is no tool '" + asked.get("toolName") + "'.");
        }
        return json.ok(answer(call(tool, asked.get("arguments"), request.context())));
    }

    private ToolResult call(Tool tool, @Nullable Object arguments, CallContext context) throws Exception {
        Body given = json.write(arguments == null ? Map.of() : arguments);
        try {
            ToolResult result = tool.handler().call(new ToolCall(tool.name(), given, context));
            return Objects.requireNonNull(result, "the tool answered null");
        } catch (MortiseException refused) {
            if (refused.code().status() == ErrorCode.INTERNAL.status()) {
                throw refused;
            }
            return ToolResult.failure(String.valueOf(refused.getMessage()));
        }
    }

    // CallToolResult of the Model Context Protocol, 2025-11-25
    private Map<String, Object> answer(ToolResult result) throws IOException {
        String text = result.content().text();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("content", List.of(Map.of("type", "text", "text", text)));
        if (result.kind() == ToolResult.Kind.JSON && text.stripLeading().startsWith("{")) {
            answer.put("structuredContent", json.read(text, Map.class));
        }
        answer.put("isError", result.kind() == ToolResult.Kind.FAILURE);
        return answer;
    }
}
