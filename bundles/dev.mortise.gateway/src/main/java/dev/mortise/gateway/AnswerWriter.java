// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the answer of a passage whose body writes itself: within its time, and telling when that goes wrong. */
final class AnswerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

    private final Passage passage;
    private final Deadlines deadlines;

    AnswerWriter(Passage passage, Deadlines deadlines) {
        this.passage = passage;
        this.deadlines = deadlines;
    }

    /** Writes until the deadline, which interrupts the calling thread. */
    Delivery write(Response response, long deadlineNanos) {
        Watch writing = deadlines.watch(deadlineNanos, this::tellOfTheRest);
        boolean inTime = false;
        Delivery delivery;
        try {
            delivery = passage.exchange().respond(response);
        } finally {
            inTime = deadlines.end(writing);
        }
        return inTime || !(delivery instanceof Delivery.Unwritable) ? delivery : late();
    }

    /** Writes for as long as the endpoint may, as one of its streams. */
    Delivery stream(Response response, OpenStream.Rule rule) {
        OpenStream stream = OpenStream.begin(response.body(), passage, rule, deadlines);
        try {
            return passage.exchange().respond(new Response(response.status(), response.headers(), stream));
        } finally {
            stream.over();
        }
    }

    /** Says in the log why an answer ended in its midst; a client that left is no news. */
    void tell(Delivery.BrokenOff brokenOff) {
        if (brokenOff.byClient()) {
            LOG.debug("The client left while it was answered: {}", title(), brokenOff.fault());
        } else {
            LOG.error(
                    "{} broke off in its midst; the connection is closed, request {}",
                    title(),
                    passage.requestId(),
                    brokenOff.fault());
        }
    }

    private void tellOfTheRest() {
        LOG.warn(
                "{} is cut off: it was not written within deadline.limit.seconds, request {}. An endpoint"
                        + " that takes longer declares \"streaming\": true",
                title(),
                passage.requestId());
    }

    private static Delivery late() {
        return new Delivery.Unwritable(new MortiseException(
                ErrorCode.DEADLINE_EXCEEDED,
                "The answer was not written within deadline.limit.seconds. An endpoint that takes longer declares"
                        + " \"streaming\": true."));
    }

    /** Answers how the answer is called in a sentence. */
    String title() {
        return "The answer to %s %s of %s"
                .formatted(
                        passage.exchange().method(),
                        passage.exchange().rawPath(),
                        passage.meter().owner().title());
    }
}
