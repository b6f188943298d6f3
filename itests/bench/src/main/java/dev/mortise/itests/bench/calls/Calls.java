// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.bench.Report;
import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.harness.Product;

/** What calls cost, all of it in one run. */
public final class Calls {
    private Calls() {}

    /** Measures; {@code many} is how many plugins are many. */
    public static void measure(Product product, int many, Scratch scratch, Report report) throws Exception {
        Containers containers = new Containers(product, scratch);
        RaceTable table = new RaceTable(report.out());
        report.out()
                .printf(
                        "One client thread with %d connections and the server share the processors; by turns, there and back.%n",
                        Pump.CONNECTIONS);
        new ServiceCalls(containers, report).measure();
        report.machine();
        new RouteCalls(containers, table).measure();
        report.machine();
        new HangingCalls(containers, table).measure();
        report.machine();
        new ChainCalls(containers, table).measure();
        report.machine();
        new CrowdCalls(containers, table, many).measure();
    }
}
