// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.registry.RemoteInstance;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.rules.route.PercentEncoder;
import java.io.IOException;
import java.util.Set;

/** Handles the calls of one endpoint by sending them to an instance in another process. */
final class Forwarder implements Handler {
    // Answers of whoever stands before the instance, or of one that can't work: another one may.
    private static final Set<Integer> MISSED = Set.of(502, 503, 504);
    private static final Set<String> BARE = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    private final Neighbours neighbours;
    private final RemoteInstance instance;
    private final boolean streaming;
    private final RepeatedWarnings warnings;

    Forwarder(Neighbours neighbours, RemoteInstance instance, boolean streaming, RepeatedWarnings warnings) {
        this.neighbours = neighbours;
        this.warnings = warnings;
        this.instance = instance;
        this.streaming = streaming;
    }

    @Override
    public Response handle(Request request) throws Unreached, IOException {
        RemoteCalls remote = neighbours.remote();
        if (remote == null) {
            throw unreached(
                    "The process feature is gone.",
                    RemoteFault.Kind.NEVER_SENT,
                    request.context().requestId());
        }
        Response answer = send(remote, (HandlerRequest) request);
        Response told = new Response(answer.status(), AnsweredFields.of(answer.headers()), answer.body());
        if (MISSED.contains(answer.status())) {
            throw new Unreached(new Outcome.Answered(told), RemoteFault.Kind.LOST);
        }
        return told;
    }

    private Response send(RemoteCalls remote, HandlerRequest request) throws Unreached, IOException {
        Call call = (Call) request.context();
        try {
            return remote.send(
                    instance.peer(),
                    new RemoteCalls.Outgoing(
                            request.method(),
                            target(request),
                            ForwardedFields.sent(request.headers(), instance, call, neighbours.hopTokens()),
                            body(request),
                            call.deadlineNanos(),
                            streaming));
        } catch (RemoteFault fault) {
            throw unreached(String.valueOf(fault.getMessage()), fault.kind(), call.requestId());
        }
    }

    private static String target(HandlerRequest request) {
        String path = PercentEncoder.path(request.path());
        return request.rawQuery().map(query -> path + "?" + query).orElse(path);
    }

    /** A stream of unknown length would be sent in chunks, which nobody expects of a method that hardly ever has content. */
    private static Body body(HandlerRequest request) throws IOException {
        Body body = request.body();
        return BARE.contains(request.method()) && !body.buffered() ? Body.of(body.buffer()) : body;
    }

    private Unreached unreached(String why, RemoteFault.Kind how, String requestId) {
        // Where it is and what its connection said is for those who read the log, not for every plugin that calls.
        warnings.warn(instance.manifest().id().value(), befell(how), "request %s: %s".formatted(requestId, why));
        String sentence = "The %s %s.".formatted(instance, ended(how, why));
        return new Unreached(
                how == RemoteFault.Kind.LATE
                        ? Refusal.of(ErrorCode.DEADLINE_EXCEEDED, sentence)
                        : Refusal.retryLater(ErrorCode.SERVICE_UNAVAILABLE, sentence),
                how);
    }

    private static String befell(RemoteFault.Kind how) {
        return switch (how) {
            case NEVER_SENT -> "could not be sent";
            case LOST -> "were broken off";
            case BUSY -> "found no free connection";
            case LATE -> "were not answered in time";
            case CUT_SHORT -> "were given up by their callers";
        };
    }

    private static String ended(RemoteFault.Kind how, String why) {
        return switch (how) {
            case NEVER_SENT -> "can't be reached";
            case BUSY -> "gets no more calls in this moment: " + why;
            case LOST -> "broke the call off";
            case LATE -> "did not answer in time";
            case CUT_SHORT -> "had not answered when its caller gave up";
        };
    }
}
