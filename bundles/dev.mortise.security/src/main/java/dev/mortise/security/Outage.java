// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store of tokens. Once it failed, one caller at a time finds out whether it answers again, and the others are
 * refused at once: else a database that hangs would hold every thread of the server.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final String SENTENCE = "Tokens can't be looked up in the database now. Try again later.";

    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean failing;

    /**
     * Answers what the store does.
     *
     * @throws MortiseException SERVICE_UNAVAILABLE when it can't be asked
     */
    <T> T ask(Supplier<T> question) {
        if (!failing) {
            return answer(question);
        }
        if (!trying.compareAndSet(false, true)) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, SENTENCE);
        }
        try {
            return answer(question);
        } finally {
            trying.set(false);
        }
    }

    private <T> T answer(Supplier<T> question) {
        try {
            T answer = question.get();
            if (failing) {
                failing = false;
                LOG.info("tokens can be looked up again");
            }
            return answer;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("tokens can't be looked up; calls with them are answered 503", e);
            }
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, SENTENCE, e);
        }
    }
}
