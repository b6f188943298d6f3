// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.workers;

import dev.mortise.itests.bench.Report;
import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One process of a trivial plugin for each of many tenants: how long it takes until all answer, and their memory. */
public final class ManyWorkers {
    private static final int IDLE_MILLIS = 10_000;
    private static final int AT_ONCE = 8;

    private ManyWorkers() {}

    /** A plugin that is written into a folder. */
    private interface Plugin {
        void write(Path folder, String id) throws IOException;
    }

    /** Measures, in Java and then in Node. */
    public static void measure(Product product, int tenants, Scratch scratch, Report report) throws Exception {
        measure(product, tenants, scratch.home("many-java"), report, "Java", WorkerPlugin::java);
        measure(product, tenants, scratch.home("many-node"), report, "Node", WorkerPlugin::node);
    }

    private static void measure(Product product, int tenants, Path home, Report report, String kind, Plugin plugin)
            throws Exception {
        plugin.write(Files.createDirectories(home.resolve("plugins")), "many");
        Map<String, String> environment =
                Map.of("JAVA_HOME", System.getProperty("java.home"), "MORTISE_WORKERS_READY_SECONDS", "60");
        try (Container container = Container.start(product, home, environment).awaitReady()) {
            container.awaitServing("many", "1.0.0");
            WorkerHouse house = new WorkerHouse(container);
            for (int tenant = 1; tenant < tenants; tenant++) {
                house.good(container.admin().post("/api/v1/tenants", "{\"slug\":\"t" + tenant + "\"}"));
            }
            long begin = System.nanoTime();
            callAll(house, tenants);
            report.out()
                    .printf(
                            "%d tenants called, each with a process of its own (%s): %.1f s%n",
                            tenants, kind, (System.nanoTime() - begin) / 1e9);
            Thread.sleep(IDLE_MILLIS);
            memory(house, container, report, kind);
        }
        report.machine();
    }

    private static void callAll(WorkerHouse house, int tenants) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int tenant = 0; tenant < tenants; tenant++) {
                String name = tenant == 0 ? "default" : "t" + tenant;
                calls.add(threads.submit(() -> house.call("many", name)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void memory(WorkerHouse house, Container container, Report report, String kind) throws IOException {
        List<Double> resident = new ArrayList<>();
        List<Double> share = new ArrayList<>();
        for (ProcessFigures process : house.processes("many")) {
            resident.add(process.residentMegabytes());
            share.add(process.proportionalMegabytes());
        }
        report.figure("one of " + resident.size() + " workers, " + kind + ", RSS", "MB", resident);
        report.figure("its share of memory (PSS)", "MB", share);
        report.figure(
                "all of them, by their shares",
                "MB",
                List.of(share.stream().mapToDouble(one -> one).sum()));
        report.figure(
                "the container beside them, RSS",
                "MB",
                List.of(new ProcessFigures(container.process().pid()).residentMegabytes()));
    }
}
