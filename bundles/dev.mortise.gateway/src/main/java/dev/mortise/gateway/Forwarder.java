// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.registry.RemoteInstance;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;

/** Handles the calls of one endpoint by sending them to an instance in another process. */
final class Forwarder implements Handler {
    private final RemoteCarrier carrier;
    private final FarAnswers answers;
    private final RemoteInstance instance;
    private final RepeatedWarnings warnings;
    private final boolean repeatable;

    Forwarder(
            Neighbours neighbours,
            RemoteInstance instance,
            boolean streaming,
            boolean repeatable,
            RepeatedWarnings warnings) {
        String plugin = instance.manifest().id().value();
        this.carrier = new RemoteCarrier(neighbours, plugin, streaming);
        this.answers = new FarAnswers(plugin, instance.toString(), false, warnings);
        this.warnings = warnings;
        this.instance = instance;
        this.repeatable = repeatable;
    }

    @Override
    public Response handle(Request request) throws Unreached, IOException {
        HandlerRequest asked = (HandlerRequest) request;
        Response told = send(asked);
        if (RemoteCarrier.missed(told)) {
            throw new Unreached(new Outcome.Answered(told), RemoteFault.Kind.LOST);
        }
        return told.body().buffered() ? told : new Response(told.status(), told.headers(), answers.coming(told, asked));
    }

    private Response send(HandlerRequest request) throws Unreached, IOException {
        try {
            return carrier.carry(instance.peer(), instance.hopKey(), request, RemoteCarrier.content(request));
        } catch (RemoteFault fault) {
            throw unreached(
                    String.valueOf(fault.getMessage()),
                    fault.kind(),
                    request.context().requestId());
        }
    }

    private Unreached unreached(String why, RemoteFault.Kind how, String requestId) {
        // Where it is and what its connection said is for those who read the log, not for every plugin that calls.
        warnings.warn(instance.manifest().id().value(), befell(how), "request %s: %s".formatted(requestId, why));
        String sentence = "The %s %s.".formatted(instance, ended(how, why));
        return new Unreached(refusal(how, sentence, repeatable), how);
    }

    /** Answers what the caller is told: whether it may try again depends on what may have been done already. */
    static Refusal refusal(RemoteFault.Kind how, String sentence, boolean repeatable) {
        if (how == RemoteFault.Kind.LATE) {
            return Refusal.of(ErrorCode.DEADLINE_EXCEEDED, sentence);
        }
        return how == RemoteFault.Kind.LOST && !repeatable
                ? Refusal.of(
                        ErrorCode.SERVICE_UNAVAILABLE, sentence + " It may have been done, so it is not sent again.")
                : Refusal.retryLater(ErrorCode.SERVICE_UNAVAILABLE, sentence);
    }

    static String befell(RemoteFault.Kind how) {
        return switch (how) {
            case NEVER_SENT -> "could not be sent";
            case LOST -> "were broken off";
            case BUSY -> "found no free connection";
            case LATE -> "were not answered in time";
            case CUT_SHORT -> "were given up by their callers";
        };
    }

    static String ended(RemoteFault.Kind how, String why) {
        return switch (how) {
            case NEVER_SENT -> "can't be reached";
            case BUSY -> "gets no more calls in this moment: " + why;
            case LOST -> "broke the call off";
            case LATE -> "did not answer in time";
            case CUT_SHORT -> "had not answered when its caller gave up";
        };
    }
}
