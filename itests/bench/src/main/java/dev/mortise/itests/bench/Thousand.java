// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.process.JvmFigures;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.util.List;

/** Plugins with a route each, dropped at once; what they hold; a restart with them. */
final class Thousand {
    private Thousand() {}

    static void measure(Contestant contestant, int count, Scratch scratch, Table table) throws Exception {
        Folder folder = new Folder(contestant, scratch.folder());
        List<String> ids = Crowd.ids(0, count);
        String name = contestant.name();
        contestant.start();
        contestant.awaitOpen();
        folder.put("first", "1.0.0"); // loads the classes of a deployment
        JvmFigures empty = JvmFigures.collected(contestant.pid());
        double emptyMegabytes = new ProcessFigures(contestant.pid()).residentMegabytes();

        long dropped = System.nanoTime();
        folder.putAll(ids);
        Crowd crowd = Crowd.await(contestant, ids, dropped);
        double megabytes = new ProcessFigures(contestant.pid()).residentMegabytes();
        JvmFigures full = JvmFigures.collected(contestant.pid());
        String what = count + " at once";
        if (crowd.whole()) {
            table.add(what + " → all answer", "ms", name, List.of(crowd.millis()));
            table.add(what + ", heap each", "KB", name, each(empty.heapKilobytes(), full.heapKilobytes(), count));
            table.add(
                    what + ", metaspace each",
                    "KB",
                    name,
                    each(empty.metaspaceKilobytes(), full.metaspaceKilobytes(), count));
            table.add(what + ", RSS each", "KB", name, each(1024 * emptyMegabytes, 1024 * megabytes, count));
        } else {
            table.note(name + ", " + what + ": " + crowd + " after three minutes");
        }

        contestant.close();
        long started = System.nanoTime();
        contestant.start();
        contestant.awaitOpen();
        Crowd again = Crowd.await(contestant, ids, started);
        if (again.whole()) {
            table.add("restart with " + count + " → all answer", "ms", name, List.of(again.millis()));
        } else {
            table.note(name + ", restart with " + count + ": " + again + " after three minutes");
        }
    }

    private static List<Double> each(double before, double after, int count) {
        return List.of((after - before) / count);
    }
}
