// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** A container with plugins in processes, as its operator orders them about. */
record WorkerHouse(Container container) {
    private static final String WORKERS = "/api/v1/workers";

    /** Orders something of all processes of a plugin; it is done when this returns. */
    void order(String plugin, String command) {
        good(container.admin().post(WORKERS + "/" + plugin + "/" + command, ""));
    }

    /** Calls the plugin for a tenant, which starts its process where there is none. */
    void call(String plugin, String tenant) {
        good(container.admin().tenant(tenant).get("/api/v1/p/" + plugin + "/answers/7"));
    }

    /** Answers the processes of a plugin. */
    List<ProcessFigures> processes(String plugin) {
        JsonNode all = good(container.admin().get(WORKERS)).json().path("workers");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(worker -> worker.path("plugin").asText().equals(plugin) && worker.has("pid"))
                .map(worker -> new ProcessFigures(worker.path("pid").asLong()))
                .toList();
    }

    ProcessFigures process(String plugin) throws IOException {
        List<ProcessFigures> all = processes(plugin);
        if (all.size() != 1) {
            throw new IOException("Plugin '" + plugin + "' has " + all.size() + " processes.");
        }
        return all.get(0);
    }

    Answer good(Answer answer) {
        if (answer.status() >= 300) {
            throw new IllegalStateException(answer.body() + container.output());
        }
        return answer;
    }
}
