// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks instances on threads that may wait for them. One credential has so many of the threads at most, those that answered
 * last time come before those that did not, and the credentials take turns: whoever registers much that never answers
 * holds up nobody else. The threads begin with the first question.
 */
final class Asks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Asks.class);

    private final int threads;
    private final IntSupplier each;
    private final ExecutorService pool;

    // The monitor guards all that follows.
    private final Map<String, Share> shares = new LinkedHashMap<>();
    private int running;
    private boolean closed;

    /**
     * Makes it without questions.
     *
     * @param threads questions that are under way at once
     * @param each those among them of one credential, as it is set now
     */
    Asks(int threads, IntSupplier each, ThreadFactory factory) {
        this.threads = threads;
        this.each = each;
        this.pool = Executors.newFixedThreadPool(threads, factory);
    }

    /** What is asked again and again. */
    @FunctionalInterface
    interface Question {
        /** Answers the credential whose instance is asked. */
        default String whose() {
            return "";
        }

        /** Tells whether it was answered last time, or was not asked yet. */
        default boolean answered() {
            return true;
        }

        /** Is told that it is due, and waits for its turn. */
        default void due() {}

        /** Asks, which may take a while; answers whether to ask again. */
        boolean ask();
    }

    private record Due(Question question, Consumer<Boolean> then) {}

    /** What one credential has. */
    private static final class Share {
        final Deque<Due> answered = new ArrayDeque<>();
        final Deque<Due> others = new ArrayDeque<>();
        int running;

        Deque<Due> of(boolean wanted) {
            return wanted ? answered : others;
        }

        boolean over() {
            return running == 0 && answered.isEmpty() && others.isEmpty();
        }
    }

    /** Asks when it is the question's turn; {@code then} gets what the question answers, true when it fails. */
    synchronized void add(Question question, Consumer<Boolean> then) {
        question.due();
        shares.computeIfAbsent(question.whose(), name -> new Share())
                .of(question.answered())
                .add(new Due(question, then));
        begin();
    }

    /** Answers how many questions are due and wait. */
    synchronized int waiting() {
        return shares.values().stream()
                .mapToInt(share -> share.answered.size() + share.others.size())
                .sum();
    }

    private void begin() {
        boolean more = true;
        while (more && !closed && running < threads) {
            more = begin(true) || begin(false);
        }
    }

    private boolean begin(boolean answered) {
        for (Map.Entry<String, Share> entry : shares.entrySet()) {
            Share share = entry.getValue();
            if (share.running < each.getAsInt() && !share.of(answered).isEmpty()) {
                begin(entry.getKey(), share, share.of(answered).remove());
                return true;
            }
        }
        return false;
    }

    private void begin(String whose, Share share, Due due) {
        running++;
        share.running++;
        // The others come first next time.
        shares.remove(whose);
        shares.put(whose, share);
        pool.execute(() -> run(whose, share, due));
    }

    private void run(String whose, Share share, Due due) {
        boolean more = true;
        try {
            more = due.question.ask();
        } catch (Throwable fault) { // an Error of one instance must not end the rounds of it
            LOG.error("An instance could not be asked", fault);
        } finally {
            ended(whose, share);
        }
        due.then.accept(more);
    }

    private synchronized void ended(String whose, Share share) {
        running--;
        share.running--;
        if (share.over()) {
            shares.remove(whose);
        }
        begin();
    }

    @Override
    public synchronized void close() {
        closed = true;
        pool.shutdownNow();
    }
}
