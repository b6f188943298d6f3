// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.kernel.port.PluginTools.Question.CallTool;
import dev.mortise.kernel.port.PluginTools.Source;
import dev.mortise.mcp.tool.ToolServers.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tools for clients that may, and waits for what comes of it, for so long. */
final class ToolRuns {
    private static final int NOT_FOUND = 404;
    /** The tool hears of its deadline before its client does. */
    private static final long GRACE_MILLIS = 250;

    private final PluginTools plugins;
    private final ToolServers servers;
    private final Json json;
    private final Duration patience;

    ToolRuns(PluginTools plugins, ToolServers servers, Json json, Duration patience) {
        this.plugins = plugins;
        this.servers = servers;
        this.json = json;
        this.patience = patience;
    }

    /** What the model did wrong is told to it as a failure of the tool (specification of 2025-11-25, tools). */
    Answer run(Call call, Source source, Offer offer, Map<?, ?> arguments) {
        List<String> violations = offer.arguments().violations(text(arguments));
        if (!violations.isEmpty()) {
            return Answer.text(
                    "The arguments do not keep to the schema of '%s': %s"
                            .formatted(offer.name(), String.join(" ", violations)),
                    true);
        }
        Call within = within(call);
        CompletionStage<Answer> answer = offer.server().isPresent()
                ? servers.call(
                                within.tenant().orElseThrow(),
                                source,
                                new Order(offer.server().get(), offer.own(), arguments))
                        .thenApply(Answer.Result::new)
                : plugins.ask(within, offer.plugin(), question(offer, arguments))
                        .thenApply(response -> answer(offer, response));
        return awaited(answer.toCompletableFuture(), offer, within);
    }

    private CallTool question(Offer offer, Map<?, ?> arguments) {
        return new CallTool(offer.permissions(), json.write(Map.of("toolName", offer.own(), "arguments", arguments)));
    }

    private Call within(Call call) {
        long end = System.nanoTime() + patience.toNanos();
        return new Call(
                call.tenant(),
                call.identity(),
                Optional.empty(),
                call.requestId(),
                call.traceparent(),
                call.deadlineNanos() - end < 0 ? call.deadlineNanos() : end,
                call.hop());
    }

    private Answer awaited(CompletableFuture<Answer> answer, Offer offer, Call within) {
        long millis = within.remaining().toMillis() + GRACE_MILLIS;
        try {
            return answer.orTimeout(millis, TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            return failure(offer, e.getCause() == null ? e : e.getCause());
        }
    }

    private Answer failure(Offer offer, Throwable cause) {
        if (cause instanceof TimeoutException || is(cause, ErrorCode.DEADLINE_EXCEEDED)) {
            return Answer.text(
                    "Tool '%s' did not answer within %d s.".formatted(offer.name(), patience.toSeconds()), true);
        }
        if (is(cause, ErrorCode.PLUGIN_NOT_FOUND)) {
            return new Answer.Unknown(offer.name());
        }
        if (is(cause, ErrorCode.PERMISSION_DENIED)) {
            return new Answer.Denied(String.valueOf(cause.getMessage()));
        }
        return Answer.text(
                "Tool '%s' failed: %s"
                        .formatted(
                                offer.name(),
                                Objects.requireNonNullElse(
                                        cause.getMessage(), cause.getClass().getSimpleName())),
                true);
    }

    private static boolean is(Throwable cause, ErrorCode code) {
        return cause instanceof MortiseException refused && refused.code() == code;
    }

    private Answer answer(Offer offer, Response response) {
        Map<?, ?> content = object(response.body());
        if (response.status() == NOT_FOUND) {
            return new Answer.Unknown(offer.name());
        }
        if (response.status() >= 400) {
            Object detail = content.get("detail");
            return Answer.text(
                    "Tool '%s' failed: %s"
                            .formatted(
                                    offer.name(), detail == null ? "it answered " + response.status() + "." : detail),
                    true);
        }
        return content.get("content") instanceof List<?>
                ? new Answer.Result(content)
                : Answer.text(said(response.body()), false);
    }

    /** What is no JSON object has no members. */
    private Map<?, ?> object(Body body) {
        try {
            return json.read(body, Map.class);
        } catch (MortiseException noObject) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(Map<?, ?> value) {
        return said(json.write(value));
    }

    private static String said(Body body) {
        try {
            return body.text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
