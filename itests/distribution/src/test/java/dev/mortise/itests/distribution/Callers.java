// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Answer;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Clients that call again and again, each on a thread of its own, and keep every answer. */
final class Callers implements AutoCloseable {
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads;
    private volatile boolean ended;

    private Callers(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    @SafeVarargs
    static Callers of(Supplier<Answer>... calls) {
        Callers callers = new Callers(calls.length);
        for (Supplier<Answer> call : calls) {
            callers.threads.execute(() -> callers.run(call));
        }
        Wait.until("first answers", () -> callers.answers.size() >= calls.length);
        return callers;
    }

    /** Waits until an answer that is given from now on is a success. */
    void awaitSuccess() {
        int from = answers.size();
        Wait.until("a success", () -> answers.stream().skip(from).anyMatch(answer -> answer.status() == 200));
    }

    Set<Integer> statuses() {
        return answers.stream().map(Answer::status).collect(Collectors.toSet());
    }

    List<Answer> refusals() {
        return answers.stream().filter(answer -> answer.status() != 200).toList();
    }

    /** Answers the refusals that give no reason. */
    List<Answer> unexplained() {
        return refusals().stream()
                .filter(answer -> answer.code().isEmpty()
                        || answer.json().path("detail").asText().isEmpty())
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        threads.shutdown();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A caller got no answer within 60 s.");
        }
    }

    private void run(Supplier<Answer> call) {
        while (!ended) {
            answers.add(call.get());
        }
    }
}
