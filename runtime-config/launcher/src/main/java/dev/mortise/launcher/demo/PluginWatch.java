// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Follows the states of the plugins and tells every change. */
final class PluginWatch {
    private static final Set<String> HOPELESS = Set.of("REJECTED", "FAILED", "QUARANTINED");

    private final DemoClient client;
    private final Consumer<String> listener;
    private final Map<String, String> states = new HashMap<>();

    PluginWatch(DemoClient client, Consumer<String> listener) {
        this.client = client;
        this.listener = listener;
    }

    /** Wait until plugins have a state. */
    void await(Collection<String> plugins, String state, Patience patience) throws InterruptedException {
        patience.until(String.join(", ", plugins) + " are " + state, () -> {
            refresh();
            return plugins.stream().allMatch(plugin -> state.equals(states.get(plugin))) ? state : "";
        });
    }

    private void refresh() throws IOException, InterruptedException {
        for (JsonObject plugin :
                client.get("/api/v1/plugins").getJsonArray("plugins").getValuesAs(JsonObject.class)) {
            note(plugin.getString("id"), plugin.getString("state"), plugin.getString("reason", ""));
        }
    }

    private void note(String plugin, String state, String reason) {
        if (Objects.equals(states.put(plugin, state), state)) {
            return;
        }
        String sentence = "  " + plugin + " " + state + (reason.isEmpty() ? "" : ": " + reason);
        listener.accept(sentence);
        if (HOPELESS.contains(state)) {
            throw new DemoFailure("Plugin '" + plugin + "' is " + state + ". " + reason);
        }
    }
}
