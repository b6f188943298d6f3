// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.process.JvmFigures;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.io.IOException;
import java.util.List;

/**
 * Plugins with a route each: dropped at once, what they hold, a restart with them.
 *
 * @param table takes one run of each; the CPU time stands beside, which other work on the machine disturbs less
 */
record Thousand(Contestant contestant, List<String> ids, Table table) {
    static void measure(Contestant contestant, int count, Scratch scratch, Table table) throws Exception {
        Thousand thousand = new Thousand(contestant, Crowd.ids(0, count), table);
        thousand.drop(new Folder(contestant, scratch.folder()));
        contestant.close();
        thousand.restart();
    }

    private void drop(Folder folder) throws Exception {
        contestant.start();
        contestant.awaitOpen();
        folder.put("first", "1.0.0"); // loads the classes of a deployment
        JvmFigures empty = JvmFigures.collected(contestant.pid());
        double emptyMegabytes = process().residentMegabytes();
        double cpuBefore = process().cpuSeconds();

        long dropped = System.nanoTime();
        folder.putAll(ids);
        Crowd crowd = Crowd.await(contestant, ids, dropped);
        add(ids.size() + " at once → all answer", crowd, cpuBefore);
        if (crowd.whole()) {
            double megabytes = process().residentMegabytes();
            JvmFigures full = JvmFigures.collected(contestant.pid());
            each("heap", empty.heapKilobytes(), full.heapKilobytes());
            each("metaspace", empty.metaspaceKilobytes(), full.metaspaceKilobytes());
            each("RSS", 1024 * emptyMegabytes, 1024 * megabytes);
        }
    }

    private void restart() throws Exception {
        long started = System.nanoTime();
        contestant.start();
        contestant.awaitOpen();
        add("restart with " + ids.size() + " → all answer", Crowd.await(contestant, ids, started), 0);
    }

    private void add(String what, Crowd crowd, double cpuBefore) throws IOException {
        if (crowd.whole()) {
            table.add(what, "ms", contestant.name(), List.of(crowd.millis()));
            table.add(what + ", CPU", "s", contestant.name(), List.of(process().cpuSeconds() - cpuBefore));
        } else {
            table.note(contestant.name() + ", " + what + ": only " + crowd + " after five minutes");
        }
    }

    private void each(String what, double before, double after) {
        String row = ids.size() + " at once, " + what + " each";
        table.add(row, "KB", contestant.name(), List.of((after - before) / ids.size()));
    }

    private ProcessFigures process() {
        return new ProcessFigures(contestant.pid());
    }
}
