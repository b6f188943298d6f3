// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Many calls at once.
 *
 * @param millis how long each took, the shortest first
 */
record Burst(List<Answer> answers, List<Long> millis) {
    private record One(Answer answer, long nanos) {}

    static Burst of(int count, Supplier<Answer> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Answer> answers = new ArrayList<>();
            List<Long> millis = new ArrayList<>();
            Callable<One> one = () -> timed(call);
            for (Future<One> ended : threads.invokeAll(Collections.nCopies(count, one))) {
                answers.add(ended.get().answer);
                millis.add(ended.get().nanos / 1_000_000);
            }
            return new Burst(answers, millis.stream().sorted().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    Set<Integer> statuses() {
        return answers.stream().map(Answer::status).collect(Collectors.toSet());
    }

    private static One timed(Supplier<Answer> call) {
        long begin = System.nanoTime();
        Answer answer = call.get();
        return new One(answer, System.nanoTime() - begin);
    }
}
