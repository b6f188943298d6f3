// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.openapi;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives names to the operations of one plugin, each once: {@code GET /products/{id}} is {@code getProductsById}. */
final class OperationIds {
    private final String plugin;
    private final Set<String> taken = new HashSet<>();

    OperationIds(String plugin) {
        this.plugin = plugin;
    }

    /** Keeps a name that stands in a document for its operation. */
    void take(String id) {
        taken.add(id);
    }

    String make(ServedRoute route) {
        String name = route.path().segments().stream()
                .map(segment -> (segment.parameter() ? "By" : "") + joined(segment.text()))
                .collect(Collectors.joining());
        String id = plugin + "." + route.key() + name;
        String free = id;
        for (int i = 2; !taken.add(free); i++) {
            free = id + i;
        }
        return free;
    }

    private static String joined(String text) {
        return Stream.of(text.split("[^A-Za-z0-9]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }
}
