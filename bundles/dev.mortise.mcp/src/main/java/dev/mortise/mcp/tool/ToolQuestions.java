// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.JsonSchemas;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.kernel.port.PluginTools.Question.WhichTools;
import dev.mortise.kernel.port.PluginTools.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a plugin, and the servers that it names, for their tools, all at the same time. Whoever fails, or takes too long,
 * costs its own tools alone.
 */
final class ToolQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(ToolQuestions.class);
    private static final int NOT_FOUND = 404;
    /** Whoever waits gives the asked one a moment more than it was told to have. */
    private static final long GRACE_MILLIS = 500;

    private final PluginTools plugins;
    private final ToolServers servers;
    private final Json json;
    private final JsonSchemas schemas;
    private final ToolLimits limits;
    private final Tally tally;

    ToolQuestions(
            PluginTools plugins, ToolServers servers, Json json, JsonSchemas schemas, ToolLimits limits, Tally tally) {
        this.plugins = plugins;
        this.servers = servers;
        this.json = json;
        this.schemas = schemas;
        this.limits = limits;
        this.tally = tally;
    }

    /** One of those that are asked: the plugin itself, or a server of it. */
    private record Asked(Optional<String> server, CompletableFuture<List<?>> tools) {}

    /** Asks; what it completes with never fails. */
    CompletableFuture<Listed> ask(Call call, Source source) {
        List<Asked> all = new ArrayList<>();
        if (source.tools()) {
            all.add(new Asked(Optional.empty(), timed(own(call, source))));
        }
        for (String server : servers.of(source)) {
            CompletionStage<List<?>> told =
                    servers.list(call.tenant().orElseThrow(), source, server).thenApply(tools -> tools);
            all.add(new Asked(Optional.of(server), timed(told)));
        }
        return CompletableFuture.allOf(all.stream().map(Asked::tools).toArray(CompletableFuture[]::new))
                .handle((nothing, fault) -> read(source, all));
    }

    private CompletableFuture<List<?>> timed(CompletionStage<List<?>> told) {
        return told.toCompletableFuture().orTimeout(limits.list().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private CompletionStage<List<?>> own(Call call, Source source) {
        return plugins.ask(question(call), source.manifest().id(), new WhichTools())
                .thenApply(this::tools);
    }

    /** What holds for all callers of the tenant is asked for in nobody's name. */
    private Call question(Call call) {
        Identity nobody = new Identity(PrincipalKind.SERVICE, "mcp", call.tenant(), false, Optional.empty(), Set.of());
        return new Call(
                call.tenant(),
                nobody,
                Optional.empty(),
                call.requestId(),
                call.traceparent(),
                System.nanoTime() + limits.list().toNanos(),
                0);
    }

    private List<?> tools(Response response) {
        if (response.status() == NOT_FOUND) {
            return List.of(); // a program that knows nothing of tools
        }
        if (response.status() != 200) {
            throw new MortiseException(ErrorCode.SERVICE_FAILED, "It answered " + response.status() + ".");
        }
        try {
            Map<?, ?> answer = json.read(response.body(), Map.class);
            return answer.get("tools") instanceof List<?> list ? list : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Listed read(Source source, List<Asked> all) {
        OfferReader reader = new OfferReader(source.manifest().id(), json, schemas, limits.each());
        boolean good = true;
        for (Asked asked : all) {
            try {
                reader.take(asked.server(), asked.tools().join());
            } catch (CompletionException e) {
                good = false;
                failed(source, asked.server(), e.getCause() == null ? e : e.getCause());
            }
        }
        long holds = (good ? limits.keep() : limits.retry()).toNanos();
        return Listed.of(reader.offers(), System.nanoTime() + holds);
    }

    private void failed(Source source, Optional<String> server, Throwable cause) {
        tally.listFailed();
        LOG.warn(
                "plugin={} its tools{} are left out for {} s: {}",
                source.manifest().id(),
                server.map(id -> " of server '" + id + "'").orElse(""),
                limits.retry().toSeconds(),
                cause instanceof TimeoutException
                        ? "they were not told within " + limits.list().toSeconds() + " s"
                        : cause.getMessage());
    }
}
