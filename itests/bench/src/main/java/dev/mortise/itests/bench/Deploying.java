// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Drop, update and removal of one plugin, with 1, 100 and many installed. */
final class Deploying {
    private static final int RUNS = 5;

    private Deploying() {}

    static void measure(Contestant contestant, int many, Scratch scratch, Table table) throws Exception {
        Folder folder = new Folder(contestant, scratch.folder());
        contestant.start();
        contestant.awaitOpen();
        int installed = 0;
        for (int goal : new TreeSet<>(List.of(1, 100, many))) {
            // in hundreds, so that a contestant that loses some of a thousand at once has them all
            for (; installed < goal; installed = Math.min(goal, installed + 100)) {
                List<String> more = Crowd.ids(installed, Math.min(goal, installed + 100));
                long start = System.nanoTime();
                folder.putAll(more);
                Crowd crowd = Crowd.await(contestant, more, start);
                if (!crowd.whole()) {
                    table.note(contestant.name() + ": of the plugins to be installed before, only " + crowd);
                }
            }
            rounds(folder, goal, table);
        }
    }

    private static void rounds(Folder folder, int installed, Table table) throws Exception {
        List<Double> drops = new ArrayList<>();
        List<Double> updates = new ArrayList<>();
        List<Double> removals = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            String id = "new-" + installed + "-" + run;
            double drop = folder.put(id, "1.0.0");
            double update = folder.put(id, "1.1.0");
            double removal = folder.remove(id);
            if (run > 0) { // the first one loads the classes of a deployment
                drops.add(drop);
                updates.add(update);
                removals.add(removal);
            }
        }
        String with = ", " + installed + " installed";
        String name = folder.contestant().name();
        table.add("drop → first 200" + with, "ms", name, drops);
        table.add("replace → first answer of the new" + with, "ms", name, updates);
        table.add("delete → first 404" + with, "ms", name, removals);
    }
}
