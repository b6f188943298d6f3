// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Puts contestants under the same load by turns: short rounds, there and back again (A B C, C B A), so that whatever else
 * the machine does falls on all of them. Ratios are taken within a run and only then is a median formed.
 */
final class Race {
    /** How long one contestant is under load before the next one; a look may be shorter. */
    private static final Duration ROUND = Duration.ofMillis(Integer.getInteger("bench.round.millis", 1_000));

    private static final int RUNS = 5;
    private static final int ROUNDS = 4;
    private static final int WARM_UPS = 30;

    private final List<Lane> lanes;

    Race(List<Lane> lanes) {
        this.lanes = lanes;
    }

    /** Answers the stretches of each run, in the order of the lanes. */
    List<List<Stretch>> run() throws IOException {
        round(WARM_UPS);
        List<List<Stretch>> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            runs.add(round(ROUNDS));
        }
        return runs;
    }

    private List<Stretch> round(int rounds) throws IOException {
        List<Stretch> sums = new ArrayList<>(Collections.nCopies(lanes.size(), Stretch.none()));
        for (int round = 0; round < rounds; round++) {
            for (int step = 0; step < lanes.size(); step++) {
                int lane = round % 2 == 0 ? step : lanes.size() - 1 - step;
                sums.set(lane, sums.get(lane).plus(new Pump(lanes.get(lane)).run(ROUND)));
            }
        }
        return sums;
    }
}
