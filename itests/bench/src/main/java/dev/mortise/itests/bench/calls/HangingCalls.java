// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.harness.Container;
import java.util.List;
import java.util.Map;

/** A route, called while another plugin is left alone and while all its places are taken by calls that it does not answer. */
record HangingCalls(Containers containers, RaceTable table) {
    void measure() throws Exception {
        try (Container calm = start("hanging-calm");
                Container beside = start("hanging-beside");
                HangingCallers callers = new HangingCallers(beside, CalledPlugin.path("hanging"))) {
            callers.awaitFull();
            table.print(
                    "A route beside a plugin that hangs, with more callers than it has places",
                    List.of(lane("nobody calls the other plugin", calm), lane("the other plugin hangs", beside)));
        }
    }

    private Container start(String name) throws Exception {
        Container container = containers.start(name, Containers.AUTH_OFF, folder -> {
            new CalledPlugin("back", false).write(folder);
            CalledPlugin.hanging("hanging").write(folder);
        });
        container.awaitServing("back", "1.0.0");
        container.awaitServing("hanging", "1.0.0");
        return container;
    }

    private static Lane lane(String name, Container container) {
        return Lane.of(
                name,
                Containers.server(container),
                Map.of("X-Tenant-Id", "default"),
                List.of(CalledPlugin.path("back")));
    }
}
