// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.workers;

import dev.mortise.itests.bench.Report;
import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.bench.calls.Neighbour;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a process of a trivial plugin costs: its start until it is READY, its memory when nobody calls it, and a call to it. */
public final class WorkerCost {
    private static final int RUNS = 5;
    private static final int IDLE_MILLIS = 5_000;
    private static final int CALL_MILLIS = 5_000;

    private final Product product;
    private final Scratch scratch;
    private final Report report;

    private WorkerCost(Product product, Scratch scratch, Report report) {
        this.product = product;
        this.scratch = scratch;
        this.report = report;
    }

    /** Measures. */
    public static void measure(Product product, Scratch scratch, Report report) throws Exception {
        WorkerCost cost = new WorkerCost(product, scratch, report);
        cost.starts("without class archive", "false");
        cost.starts("with class archive", "true");
        cost.calls();
    }

    private Container start(String name, Map<String, String> settings) throws Exception {
        Path home = scratch.home(name);
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        WorkerPlugin.java(plugins, "back");
        WorkerPlugin.node(plugins, "script");
        WorkerPlugin.caller(plugins);
        Map<String, String> environment = new TreeMap<>(settings);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Container container = Container.start(product, home, environment).awaitReady();
        for (String plugin : List.of("back", "script", "hop")) {
            container.awaitServing(plugin, "1.0.0");
        }
        return container;
    }

    /** The first start warms the page cache, and leaves the archive behind where there shall be one. */
    private void starts(String how, String archive) throws Exception {
        Map<String, String> settings = Map.of("MORTISE_WORKERS_JAVA_CLASS_ARCHIVE", archive);
        try (Container container = start("starts-" + archive, settings)) {
            Thread.sleep(IDLE_MILLIS);
            starts(new WorkerHouse(container), "back", "Java, " + how);
            if (archive.equals("true")) {
                starts(new WorkerHouse(container), "script", "Node");
            }
        }
        report.machine();
    }

    private void starts(WorkerHouse house, String plugin, String what) throws Exception {
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            house.order(plugin, "stop");
            long begin = System.nanoTime();
            house.order(plugin, "start");
            double millis = (System.nanoTime() - begin) / 1e6;
            double seconds = house.process(plugin).cpuSeconds();
            house.call(plugin, "default");
            Thread.sleep(IDLE_MILLIS);
            if (run > 0) {
                wall.add(millis);
                cpu.add(seconds);
                resident.add(house.process(plugin).residentMegabytes());
            }
        }
        report.figure("worker, order to READY, " + what + ", wall", "ms", wall);
        report.figure("worker, order to READY, " + what + ", CPU", "s", cpu);
        report.figure("worker, RSS after a call and 5 s idle, " + what, "MB", resident);
    }

    private void calls() throws Exception {
        try (Container container = start("calls", Map.of());
                Neighbour bare = Neighbour.start(product, scratch)) {
            WorkerHouse house = new WorkerHouse(container);
            String url = bare.base() + "/api/v1/p/back/answers/7";
            List<Double> own = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int run = 0; run <= RUNS; run++) {
                double worker = p50(house, "service/" + CALL_MILLIS);
                double loopback = p50(house, "bare/" + CALL_MILLIS + "?url=" + url);
                if (run > 0) { // the first one loads and compiles
                    own.add(worker);
                    theirs.add(loopback);
                    ratios.add(100 * worker / loopback);
                }
            }
            report.figure("call of a worker by ServiceClient, p50", "µs", own);
            report.figure("bare loopback call by java.net.http, p50", "µs", theirs);
            report.figure("the one of the other", "%", ratios);
        }
    }

    private static double p50(WorkerHouse house, String path) {
        return house.good(house.container().client().get("/api/v1/p/hop/hop/" + path))
                .json()
                .path("p50")
                .asDouble();
    }
}
