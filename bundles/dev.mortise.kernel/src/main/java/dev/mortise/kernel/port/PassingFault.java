// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says beside a fault that it passes by itself and that the plugin which was thrown it is not to blame. An adapter adds it
 * to what it throws, as suppressed, so that the fault keeps its type and state; whoever answers the caller finds it there,
 * however often the plugin wrapped the fault, and answers that the call may be tried again.
 */
public final class PassingFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** A chain of causes may be a circle. */
    private static final int DEEPEST = 32;

    private PassingFault(String sentence) {
        super(sentence, null, false, false);
    }

    /** Marks a fault, once; the sentence is for the caller: it says what is the matter and what to do. */
    public static <T extends Throwable> T mark(T fault, String sentence) {
        if (in(fault).isEmpty()) {
            fault.addSuppressed(new PassingFault(sentence));
        }
        return fault;
    }

    /** Answers the sentence that a fault or one of its causes was marked with. */
    public static Optional<String> in(Throwable fault) {
        @Nullable Throwable next = fault;
        for (int depth = 0; next != null && depth < DEEPEST; depth++) {
            Optional<String> sentence = Arrays.stream(next.getSuppressed())
                    .filter(PassingFault.class::isInstance)
                    .map(Throwable::getMessage)
                    .findFirst();
            if (sentence.isPresent()) {
                return sentence;
            }
            next = next.getCause();
        }
        return Optional.empty();
    }
}
