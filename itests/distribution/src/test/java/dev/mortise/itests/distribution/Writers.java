// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

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
            int status = client.post(path + id, "").status();
            note(id, status);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private synchronized void note(String id, int status) {
        statuses.merge(status, 1, Integer::sum);
        if (status == 200) {
            answered.add(id);
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

    @Override
    public void close() throws InterruptedException {
        ended = true;
        threads.shutdown();
        if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A post got no answer within 90 s.");
        }
    }
}
