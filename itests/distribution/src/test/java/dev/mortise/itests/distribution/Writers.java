// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Some who post to addresses of their own, a new one each time, and note what they are answered; until they are closed. */
final class Writers implements AutoCloseable {
    private static final int COUNT = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Client client;
    private final String path;
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> answered = new ArrayList<>();
    private final List<String> unsent = new ArrayList<>();
    private volatile boolean ended;

    private Writers(Client client, String path) {
        this.client = client;
        this.path = path;
    }

    /** Begins, a hundred times a second together; {@code path} ends with a slash. */
    static Writers start(Client client, String path) {
        Writers writers = new Writers(client, path);
        for (int i = 0; i < COUNT; i++) {
            String name = "w" + i + "-";
            writers.threads.execute(() -> writers.run(name));
        }
        return writers;
    }

    private void run(String name) {
        for (int i = 0; !ended; i++) {
            String id = name + i;
            note(id, client.post(path + id, ""));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private synchronized void note(String id, Answer answer) {
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() == 200) {
            answered.add(id);
        } else if (answer.headers().firstValue("Retry-After").isPresent()) {
            unsent.add(id);
        }
    }

    /** Answers how often each status came. */
    synchronized Map<Integer, Integer> statuses() {
        return new TreeMap<>(statuses);
    }

    /** Answers what was written for sure. */
    synchronized List<String> answered() {
        return List.copyOf(answered);
    }

    /** Answers what was said to be worth another try, since it was never sent. */
    synchronized List<String> unsent() {
        return List.copyOf(unsent);
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        threads.shutdown();
        if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A post got no answer within 90 s.");
        }
    }
}
