// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.RetryBudget;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteFault.Kind;
import dev.mortise.kernel.port.RemoteInstances;
import dev.mortise.kernel.port.RemoteInstances.End;
import dev.mortise.kernel.port.RemoteInstances.Taken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Handles the calls of one route by sending each to a process that its owner gives for it. What was never sent goes to the
 * one that the owner gives next, for as long as the call has time: it gives none a second time that could not be reached,
 * until that answered. What was sent goes to one more if that does no harm and the budget allows it. The owner watches the
 * processes, so that nothing but their slowness counts against them here.
 */
final class FleetForwarder implements Handler {
    private final PluginId plugin;
    private final RemoteCarrier carrier;
    private final FarAnswers answers;
    private final RemoteInstances instances;
    private final boolean repeatable;
    private final RetryBudget budget;
    private final RepeatedWarnings warnings;

    FleetForwarder(
            PluginId plugin,
            RemoteCarrier carrier,
            RemoteInstances instances,
            boolean repeatable,
            RetryBudget budget,
            RepeatedWarnings warnings) {
        this.plugin = plugin;
        this.carrier = carrier;
        this.answers = new FarAnswers(plugin.value(), "worker of plugin '%s'".formatted(plugin), true, warnings);
        this.instances = instances;
        this.repeatable = repeatable;
        this.budget = budget;
        this.warnings = warnings;
    }

    /** What one try came to: an answer, or why there is none. */
    private record Try(@Nullable Response answer, @Nullable RemoteFault fault) {
        static Try of(Response answer) {
            return new Try(answer, null);
        }

        static Try of(RemoteFault fault) {
            return new Try(null, fault);
        }

        boolean missed() {
            return answer == null || RemoteCarrier.missed(answer);
        }

        boolean sent() {
            return fault == null || fault.kind() != Kind.NEVER_SENT;
        }

        /** What is late or cut short has no time left, and a bound of this process is the same for all of them. */
        boolean over() {
            return fault != null
                    && switch (fault.kind()) {
                        case LATE, CUT_SHORT, BUSY -> true;
                        case NEVER_SENT, LOST -> false;
                    };
        }
    }

    @Override
    public Response handle(Request request) throws Unreached, IOException {
        HandlerRequest asked = (HandlerRequest) request;
        Body content = RemoteCarrier.content(asked);
        budget.earn();
        boolean mayRepeat = repeatable && content.buffered();
        Try last = attempt(asked, content, take(asked));
        while (last.missed() && again(last, mayRepeat, asked)) {
            mayRepeat &= !last.sent();
            Taken other;
            try {
                other = take(asked);
            } catch (Unreached nobodyElse) {
                if (last.sent()) {
                    return told(last, asked);
                }
                throw nobodyElse; // why there is none tells more than that one was not reached
            }
            discard(last);
            last = attempt(asked, content, other);
        }
        return told(last, asked);
    }

    private Taken take(HandlerRequest request) throws Unreached {
        Call call = (Call) request.context();
        try {
            return instances.take(call.tenant().map(tenant -> tenant.value()), call.deadlineNanos());
        } catch (RemoteFault nobody) {
            String sentence = String.valueOf(nobody.getMessage());
            warnings.warn(plugin.value(), "found no process", "request %s: %s".formatted(call.requestId(), sentence));
            throw unreached(nobody.kind(), sentence);
        }
    }

    private Try attempt(HandlerRequest request, Body content, Taken taken) {
        End end = End.UNKNOWN;
        boolean held = false;
        try {
            Response answer = carrier.carry(taken.peer(), taken.hopKey(), request, content);
            if (RemoteCarrier.missed(answer)) {
                end = End.MISSED;
                return Try.of(answer);
            }
            end = End.WELL;
            held = !answer.body().buffered();
            return Try.of(held ? coming(answer, request, taken) : answer);
        } catch (RemoteFault fault) {
            end = end(fault.kind());
            return Try.of(fault);
        } finally {
            if (!held) {
                taken.done(end);
            }
        }
    }

    /** The process is given back when the answer was read, or nobody reads it. */
    private Response coming(Response answer, HandlerRequest request, Taken taken) {
        FarBody body = answers.coming(answer, request);
        body.whenOver(fault -> taken.done(fault.map(FleetForwarder::end).orElse(End.WELL)));
        return new Response(answer.status(), answer.headers(), body);
    }

    /** A call that was cut short, by its caller or by its own deadline, tells nothing of the process. */
    private static End end(Kind how) {
        return switch (how) {
            case BUSY, CUT_SHORT -> End.UNKNOWN;
            case LATE -> Thread.currentThread().isInterrupted() ? End.UNKNOWN : End.LATE;
            case LOST -> Thread.currentThread().isInterrupted() ? End.UNKNOWN : End.MISSED;
            case NEVER_SENT -> Thread.currentThread().isInterrupted() ? End.UNKNOWN : End.UNREACHED;
        };
    }

    private boolean again(Try last, boolean mayRepeat, HandlerRequest request) {
        boolean noTime = ((Call) request.context()).remaining().isZero()
                || Thread.currentThread().isInterrupted();
        if (last.over() || noTime) {
            return false;
        }
        return !last.sent() || (mayRepeat && budget.spend());
    }

    private static void discard(Try last) {
        if (last.answer() != null) {
            Unread.discard(last.answer().body());
        }
    }

    private Response told(Try last, HandlerRequest request) throws Unreached {
        Response answer = last.answer();
        RemoteFault fault = last.fault();
        if (answer != null && !last.missed()) {
            return answer;
        }
        if (answer != null) {
            throw new Unreached(new Outcome.Answered(answer), Kind.LOST, true);
        }
        Kind how = fault == null ? Kind.LOST : fault.kind();
        String why = fault == null ? "" : String.valueOf(fault.getMessage());
        warnings.warn(
                plugin.value(),
                Forwarder.befell(how),
                "request %s: %s".formatted(request.context().requestId(), why));
        throw unreached(how, "The worker of plugin '%s' %s.".formatted(plugin, Forwarder.ended(how, why)));
    }

    private Unreached unreached(Kind how, String sentence) {
        return new Unreached(Forwarder.refusal(how, sentence, repeatable), how, true);
    }
}
