// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Plugins that come at once, and how many of them answer.
 *
 * @param millis until the last one that did answer
 */
record Crowd(int wanted, int answering, double millis) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "crowd-" + i).toList();
    }

    /** Waits for one after the other: when the last one answers, all do. */
    static Crowd await(Contestant contestant, List<String> ids, long start) throws Exception {
        Client client = contestant.client();
        int answering = 0;
        double millis = 0;
        for (String id : ids) {
            if (answers(client, contestant.route(id), start)) {
                answering++;
                millis = (System.nanoTime() - start) / 1e6;
            }
        }
        return new Crowd(ids.size(), answering, millis);
    }

    private static boolean answers(Client client, String route, long start) {
        while (Folder.version(client, route).isEmpty()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    boolean whole() {
        return answering == wanted;
    }

    @Override
    public String toString() {
        return answering + " of " + wanted + " answer";
    }
}
