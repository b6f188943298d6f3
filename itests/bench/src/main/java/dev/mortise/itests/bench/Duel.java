// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Two that do the same work by turns, one thread each. The ratio of a turn is that of neighbours in time, so what else the
 * machine does falls on both.
 */
public final class Duel {
    private static final int TURNS = 5;

    private final Report report;
    private final String work;
    private final int rounds;

    /** Makes one about a work. */
    public Duel(Report report, String work) {
        this(report, work, 1);
    }

    /** Each turn has so many rounds, where what happens to a single one is chance: the mean of their times counts. */
    public Duel(Report report, String work, int rounds) {
        this.report = report;
        this.work = work;
        this.rounds = rounds;
    }

    /** How often in a second somebody does the work, tried for a while. */
    @FunctionalInterface
    public interface Rate {
        /** Works and answers. */
        double perSecond() throws Exception;
    }

    /** Lets both work and prints the medians, and that of the ratios. */
    public void fight(String name, Rate own, String bareName, Rate bare) throws Exception {
        List<Double> owns = new ArrayList<>();
        List<Double> bares = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn <= TURNS; turn++) {
            double seconds = 0;
            double bareSeconds = 0;
            for (int round = 0; round < rounds; round++) {
                seconds += 1 / own.perSecond();
                bareSeconds += 1 / bare.perSecond();
            }
            double mine = rounds / seconds;
            double theirs = rounds / bareSeconds;
            if (turn > 0) { // the first one loads and compiles
                owns.add(mine);
                bares.add(theirs);
                ratios.add(100 * mine / theirs);
            }
        }
        report.figure(name + ", " + work, "/s", owns);
        report.figure(bareName + ", " + work, "/s", bares);
        report.figure(name + " of " + bareName + ", " + work, "%", ratios);
        report.machine();
    }
}
