// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.harness.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One route, called while 1, 100 and many plugins with ten routes each are installed. */
record CrowdCalls(Containers containers, RaceTable table, int many) {
    void measure() throws Exception {
        List<Container> started = new ArrayList<>();
        try {
            List<Lane> lanes = new ArrayList<>();
            for (int count : List.of(1, 100, many)) {
                Container container = start(count);
                started.add(container);
                lanes.add(lane(container, count + " installed", List.of(CalledPlugin.path("crowd-0"))));
            }
            Container last = started.get(started.size() - 1);
            lanes.add(lane(last, many + " installed, called in turn", paths()));
            table.print("A route with 1, 100 and " + many + " plugins of ten routes each", lanes);
        } finally {
            for (Container container : started) {
                container.close();
            }
        }
    }

    private Container start(int count) throws Exception {
        Container container = containers.start("crowd-" + count, Containers.AUTH_OFF, folder -> {
            for (int number = 0; number < count; number++) {
                new CalledPlugin("crowd-" + number, false).write(folder);
            }
        });
        for (int number = 0; number < count; number++) {
            container.awaitServing("crowd-" + number, "1.0.0");
        }
        return container;
    }

    private static Lane lane(Container container, String name, List<String> paths) {
        return Lane.of(name, Containers.server(container), Map.of("X-Tenant-Id", "default"), paths);
    }

    private List<String> paths() {
        return IntStream.range(0, many)
                .mapToObj(number -> CalledPlugin.path("crowd-" + number))
                .toList();
    }
}
