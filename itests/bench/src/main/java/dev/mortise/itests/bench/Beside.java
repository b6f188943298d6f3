// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Product;
import java.io.IOException;
import org.awaitility.core.ConditionTimeoutException;

/** Lets Mortise and plain Felix do the same work, one after the other, each from an empty home. */
record Beside(Product product, Scratch scratch, Table table) {
    /** What each of them does. */
    interface Work {
        void of(Contestant contestant, Table table) throws Exception;
    }

    void measure(String name, Work work) throws Exception {
        for (int number = 0; number < 3; number++) {
            Contestant contestant = contestant(number, name);
            try (contestant) {
                work.of(contestant, table);
            } catch (IllegalStateException | ConditionTimeoutException failure) {
                // the others are measured all the same, and the table says what happened to this one
                table.note(contestant.name() + " did not come to an end: " + failure.getMessage());
            }
        }
    }

    /** fileinstall looks every 2 s unless it is told otherwise; 100 ms is what users tune it to. */
    private Contestant contestant(int number, String name) throws IOException {
        return switch (number) {
            case 0 -> new Mortise(product, scratch.home(name + "-mortise"));
            case 1 -> new FelixFolder(product, scratch.home(name + "-felix-100"), 100);
            default -> new FelixFolder(product, scratch.home(name + "-felix-2000"), 2_000);
        };
    }
}
