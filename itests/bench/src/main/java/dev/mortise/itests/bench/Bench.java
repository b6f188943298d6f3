// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.bench.calls.Calls;
import dev.mortise.itests.bench.shared.SharedCost;
import dev.mortise.itests.bench.tenant.TenantCost;
import dev.mortise.itests.bench.workers.ManyWorkers;
import dev.mortise.itests.bench.workers.WorkerCost;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs every measurement, or those named as arguments, and prints a line for each figure. */
public final class Bench {
    /** How many plugins are many; a look at less takes less long. */
    private static final int CROWD = Integer.getInteger("bench.plugins", 1_000);

    /** How many tenants have a process of their own. */
    private static final int TENANTS = Integer.getInteger("bench.tenants", 100);

    private final Product product = Product.find();
    private final Report report = new Report(System.out);
    private final Scratch scratch;

    private Bench(Scratch scratch) {
        this.scratch = scratch;
    }

    /** One measurement. */
    private interface Measurement {
        void run() throws Exception;
    }

    /**
     * Measures; arguments are names of measurements: {@code start}, {@code memory}, {@code migration},
     * {@code migrations}, {@code deploy}, {@code thousand}, {@code updates}, {@code calls}, {@code shared},
     * {@code tenant}, {@code workers}, {@code tenant-workers}.
     */
    public static void main(String[] names) throws Exception {
        try (Scratch scratch = Scratch.make()) {
            new Bench(scratch).run(List.of(names));
        }
    }

    private void run(List<String> names) throws Exception {
        Map<String, Measurement> all = measurements();
        if (!all.keySet().containsAll(names)) {
            throw new IllegalArgumentException("The measurements are " + all.keySet() + ", not " + names + ".");
        }
        report.machine();
        for (String name : names.isEmpty() ? all.keySet() : names) {
            Measurement measurement = all.getOrDefault(name, () -> {});
            measurement.run();
            report.machine();
        }
    }

    private Map<String, Measurement> measurements() {
        Map<String, Measurement> all = new LinkedHashMap<>();
        all.put("start", () -> ColdStart.measure(product, warmHome(), report));
        all.put("memory", () -> IdleMemory.measure(product, scratch, report));
        all.put("migration", () -> FirstMigration.measure(product, scratch, report));
        all.put("migrations", () -> ManyMigrations.measure(product, scratch, report));
        all.put("deploy", () -> beside("deploy", (each, table) -> Deploying.measure(each, CROWD, scratch, table)));
        all.put("thousand", () -> beside("thousand", (each, table) -> Thousand.measure(each, CROWD, scratch, table)));
        all.put("updates", () -> beside("updates", (each, table) -> Calling.measure(each, scratch, table)));
        all.put("calls", () -> Calls.measure(product, CROWD, scratch, report));
        all.put("shared", () -> SharedCost.measure(product, scratch, report));
        all.put("tenant", () -> TenantCost.measure(product, scratch, report));
        all.put("workers", () -> WorkerCost.measure(product, scratch, report));
        all.put("tenant-workers", () -> ManyWorkers.measure(product, TENANTS, scratch, report));
        return all;
    }

    private void beside(String name, Beside.Work work) throws Exception {
        Table table = new Table(System.out);
        new Beside(product, scratch, table).measure(name, work);
        table.print();
    }

    /** Makes a home whose database exists, so that a start measures Mortise and not initdb. */
    private Path warmHome() throws Exception {
        Path home = scratch.home("start");
        try (Container container = Container.start(product, home)) {
            container.awaitReady().terminate();
        }
        return home;
    }
}
