// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import dev.mortise.itests.harness.plugins.VersionedAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One route called 500 times a second: while nothing else happens, while others are redeployed, while it is itself. */
final class Calling {
    private static final int RUNS = 5;
    private static final int UPDATES = 10;
    private static final Duration QUIET = Duration.ofSeconds(5);

    private Calling() {}

    static void measure(Contestant contestant, Scratch scratch, Table table) throws Exception {
        Folder folder = new Folder(contestant, scratch.folder());
        contestant.start();
        contestant.awaitOpen();
        folder.put("called", "1.0.0");
        folder.put("other", "1.0.0");
        add(table, contestant, "nothing else happens", run -> Thread.sleep(QUIET.toMillis()));
        add(table, contestant, "another is redeployed", run -> update(folder, "other", run));
        add(table, contestant, "it is updated itself", run -> update(folder, "called", run));
    }

    /** What happens meanwhile; the first time is number 0. */
    private interface Meanwhile {
        void happen(int run) throws Exception;
    }

    private static void update(Folder folder, String id, int run) throws Exception {
        for (int update = 1; update <= UPDATES; update++) {
            folder.put(id, "1." + (run * UPDATES + update) + ".0");
        }
    }

    private static void add(Table table, Contestant contestant, String when, Meanwhile meanwhile) throws Exception {
        Call call = Call.get(contestant.client(), contestant.route("called"))
                .expecting(answer -> VersionedAnswer.version(answer).isPresent());
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> failed = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            try (LoadClient load = LoadClient.start(call)) {
                meanwhile.happen(run);
                LoadFigures figures = load.end();
                if (run > 0) {
                    p50.add(figures.p50Millis());
                    p99.add(figures.p99Millis());
                    failed.add((double) figures.failed());
                }
            }
        }
        String what = "a route at 500/s while " + when;
        table.add(what + ", p50", "ms", contestant.name(), p50);
        table.add(what + ", p99", "ms", contestant.name(), p99);
        table.add(what + ", failed", "", contestant.name(), failed);
    }
}
