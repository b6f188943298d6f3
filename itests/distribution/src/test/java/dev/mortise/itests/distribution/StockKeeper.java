// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes one product of {@code inventory} after the other, numbered from 1, and notes which the container took, when, and
 * what it answered otherwise.
 */
final class StockKeeper implements AutoCloseable {
    static final String PRODUCTS = "/api/v1/p/inventory/products";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Client client;
    private final String series = Long.toString(System.nanoTime());
    private final Thread thread = new Thread(this::work, "stock-keeper");
    private final NavigableMap<Integer, Instant> taken = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private StockKeeper(Client client) {
        this.client = client;
    }

    static StockKeeper begin(Client client) {
        StockKeeper keeper = new StockKeeper(client);
        keeper.thread.start();
        return keeper;
    }

    /** Answers how many were taken so far. */
    int taken() {
        return taken.size();
    }

    /** Answers the number of the last one that was taken before an instant. */
    int takenBefore(Instant instant) {
        return taken.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(instant))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    /** Answers the numbers that were taken and are not among the products. */
    Set<Integer> lost() {
        Set<Integer> lost = new TreeSet<>(taken.keySet());
        lost.removeAll(stock(client));
        return lost;
    }

    /** Answers what was answered in place of 201, as status and code, and how often. */
    Map<String, Integer> refusals() {
        return Map.copyOf(refusals);
    }

    /** Answers the numbers of all products. */
    static Set<Integer> stock(Client client) {
        Set<Integer> numbers = new TreeSet<>();
        JsonNode page = client.get(PRODUCTS + "?take=100").json();
        for (int seen = 0; page.path("data").size() > 0; ) {
            page.path("data")
                    .forEach(product -> numbers.add(product.path("name").asInt()));
            seen += page.path("data").size();
            page = client.get(PRODUCTS + "?take=100&skip=" + seen).json();
        }
        return numbers;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    private void work() {
        for (int number = 1; !closed; number++) {
            String product =
                    "{\"name\":\"%d\",\"sku\":\"%s-%d\",\"price\":1,\"quantity\":1}".formatted(number, series, number);
            try {
                note(number, client.post(PRODUCTS, product));
            } catch (UncheckedIOException e) {
                // the container was killed: this one was not taken
                return;
            }
        }
    }

    private void note(int number, Answer answer) {
        if (answer.status() == 201) {
            taken.put(number, Instant.now());
        } else {
            refusals.merge(answer.status() + " " + answer.code(), 1, Integer::sum);
            // as a client does that is asked to try again later
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
