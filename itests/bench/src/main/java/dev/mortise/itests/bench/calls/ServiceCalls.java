// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.bench.Report;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A call from plugin to plugin inside a container, measured by JMH on a thread that is in the context of a client's request
 * with a credential; a rate is declared. Each of the five runs has a container of its own.
 */
record ServiceCalls(Containers containers, Report report) {
    private static final int RUNS = 5;
    /** As many iterations of a second before that do not count, and then that count. */
    private static final int SECONDS = Integer.getInteger("bench.jmh.seconds", 5);

    void measure() throws Exception {
        List<JsonNode> runs = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            runs.add(run(run));
        }
        figure(runs, "p50", "p50Nanos", "ns");
        figure(runs, "p99", "p99Nanos", "ns");
        figure(runs, "mean", "meanNanos", "ns");
        figure(runs, "allocated", "bytes", "B");
    }

    private void figure(List<JsonNode> runs, String what, String member, String unit) {
        report.figure(
                "call from plugin to plugin, JMH, " + what,
                unit,
                runs.stream().map(run -> run.path(member).asDouble()).toList());
    }

    private JsonNode run(int number) throws Exception {
        try (Container container = containers.start("service-" + number, Map.of(), folder -> {
            new CalledPlugin("back", true).write(folder);
            CallingPlugin.METER.write(folder);
        })) {
            container.awaitServing("meter", "1.0.0");
            Client client = container.client();
            Answer answer = client.get("/api/v1/p/meter/measure/" + SECONDS);
            if (answer.status() != 200) {
                throw new IllegalStateException("JMH failed: " + answer.body() + container.output());
            }
            return answer.json();
        }
    }
}
