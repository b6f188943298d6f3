// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolCall;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.api.tool.ToolResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tools of all kinds, the same in every place; from version 1.1.0 on one more. */
@Component
public final class Talker implements ToolProvider {
    private static final String NOTHING = "{\"type\":\"object\"}";
    private static final String TEXT =
            "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",\"maxLength\":20}},"
                    + "\"required\":[\"text\"],\"additionalProperties\":false}";

    private final Json json;
    private final String version;

    /** Reads the version. */
    @Activate
    public Talker(@Reference Json json) throws IOException {
        this.json = json;
        try (InputStream entry = Talker.class.getResourceAsStream("/version")) {
            this.version = new String(entry.readAllBytes(), UTF_8);
        }
    }

    @Override
    public List<Tool> tools() {
        List<Tool> tools = new ArrayList<>(List.of(
                Tool.of("who", "Says who asks", NOTHING, this::who),
                Tool.of("echo", "Says it again", TEXT, this::echo),
                Tool.of("refuse", "Finds nothing", NOTHING, call -> {
                    throw new MortiseException(ErrorCode.NOT_FOUND, "There is no such thing. Ask for another.");
                }),
                Tool.of("break", "Breaks", NOTHING, call -> {
                    throw new IllegalStateException("a secret of the plugin");
                }),
                Tool.of("hidden", "Not for everybody", NOTHING, this::who).requiring("plugin.talker.hidden")));
        if (!version.equals("1.0.0")) {
            tools.add(Tool.of("more", "Is new", NOTHING, this::who));
        }
        return tools;
    }

    private ToolResult who(ToolCall call) {
        return ToolResult.json(json.write(Map.of(
                "version",
                version,
                "tenant",
                call.context().tenant().map(TenantId::value).orElse(""),
                "identity",
                call.context().identity().id(),
                "hop",
                call.context().hop())));
    }

    private ToolResult echo(ToolCall call) throws IOException {
        return ToolResult.text(
                String.valueOf(json.read(call.arguments(), Map.class).get("text")));
    }
}
