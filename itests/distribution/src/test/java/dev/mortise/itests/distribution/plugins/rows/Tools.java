// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolCall;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.api.tool.ToolResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers tools to language models. */
@Component
public final class Tools implements ToolProvider {
    private static final String WORD =
            "{\"type\":\"object\",\"properties\":{\"word\":{\"type\":\"string\",\"maxLength\":9}}}";

    private final Json json;

    /** Made by DS. */
    @Activate
    public Tools(@Reference Json json) {
        this.json = json;
    }

    @Override
    public List<Tool> tools() {
        return List.of(
                Tool.of("say", "Says a word.", WORD, this::say),
                Tool.of("fail", "Fails.", "{\"type\":\"object\"}", call -> {
                    throw new MortiseException(ErrorCode.NOT_FOUND, "There is no such word.");
                }),
                Tool.of("guarded", "Not for everybody.", "{\"type\":\"object\"}", this::say)
                        .requiring("plugin.rows.tool"));
    }

    private ToolResult say(ToolCall call) throws IOException {
        Object word = json.read(call.arguments(), Map.class).get("word");
        String tenant = call.context().tenant().map(TenantId::value).orElse("none");
        return ToolResult.text(word + " for " + tenant);
    }
}
