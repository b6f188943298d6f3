// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.testkit.PluginBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Plugins that answer as they are told, in place of the gateway. */
public final class FakePlugins implements PluginTools {
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Response>> lists = new LinkedHashMap<>();
    private Function<String, CompletionStage<Response>> calls = content -> answer(200, content);
    final List<String> asked = new ArrayList<>();

    /** Has a plugin whose tools these are, as JSON. */
    public FakePlugins with(String plugin, long stamp, String tools) {
        sources.put(
                plugin, new Source(PluginBuilder.plugin(plugin).manifest(), new Digest("0".repeat(64)), stamp, true));
        lists.put(plugin, answer(200, "{\"tools\":" + tools + "}"));
        return this;
    }

    FakePlugins without(String plugin) {
        sources.remove(plugin);
        return this;
    }

    FakePlugins listing(String plugin, CompletableFuture<Response> answer) {
        lists.put(plugin, answer);
        return this;
    }

    /** Answers calls so. */
    public FakePlugins calling(Function<String, CompletionStage<Response>> answers) {
        calls = answers;
        return this;
    }

    static CompletableFuture<Response> answer(int status, String json) {
        return CompletableFuture.completedFuture(Response.of(status, "application/json", Body.of(json)));
    }

    static CompletableFuture<Response> refusal(ErrorCode code) {
        return CompletableFuture.failedFuture(new MortiseException(code, "It is refused."));
    }

    @Override
    public List<Source> sources(TenantId tenant) {
        return List.copyOf(sources.values());
    }

    @Override
    public boolean may(Call caller, PluginId plugin, Set<String> permissions) {
        return permissions.stream().allMatch(caller.identity()::has);
    }

    @Override
    public CompletionStage<Response> ask(Call call, PluginId plugin, Question question) {
        asked.add(plugin + " " + question.getClass().getSimpleName());
        if (!(question instanceof Question.CallTool order)) {
            return lists.get(plugin.value());
        }
        try {
            return calls.apply(order.content().text());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
