// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Client;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Makes one product of {@code inventory} after the other, numbered from 1, and notes which the container took and when. */
final class StockKeeper implements AutoCloseable {
    static final String PRODUCTS = "/api/v1/p/inventory/products";

    private final Client client;
    private final Thread thread = new Thread(this::work, "stock-keeper");
    private final NavigableMap<Integer, Instant> taken = new ConcurrentSkipListMap<>();
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

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    private void work() {
        for (int number = 1; !closed; number++) {
            String product = "{\"name\":\"%d\",\"sku\":\"n-%d\",\"price\":1,\"quantity\":1}".formatted(number, number);
            try {
                if (client.post(PRODUCTS, product).status() != 201) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // the container was killed: this one was not taken
                return;
            }
            taken.put(number, Instant.now());
        }
    }
}
