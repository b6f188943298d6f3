// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.kernel.port.Meters;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Counts what clients of tools do, from the first one on; follows the telemetry bundle. */
public final class Tally {
    private static final Meters.Series SESSIONS =
            new Meters.Series("mortise.mcp.sessions", "Sessions of clients that call tools.", Map.of());
    private static final Meters.Series STREAMS = new Meters.Series(
            "mortise.mcp.streams", "Connections over which clients hear of changes of tools.", Map.of());
    private static final Meters.Series LISTS = new Meters.Series(
            "mortise.mcp.lists.failed", "Plugins and servers that did not say which tools they have.", Map.of());
    private static final Meters.Series TOO_LONG = new Meters.Series(
            "mortise.mcp.answers.refused", "Answers of servers that were longer than servers.answer.max.kb.", Map.of());
    private static final Meters.Series CALLS =
            new Meters.Series("mortise.mcp.calls", "Calls of tools, by what they came to.", Map.of());

    private final DoubleSupplier sessions;
    private final DoubleSupplier streams;
    // The monitor guards these.
    private Meters source = Meters.NONE;
    private Meters.Group group = Meters.NONE.open();

    /** Shows these beside what it counts. */
    public Tally(DoubleSupplier sessions, DoubleSupplier streams) {
        this.sessions = sessions;
        this.streams = streams;
    }

    /** Counts there from now on. */
    public synchronized void use(Meters meters) {
        group.close();
        source = meters;
        group = meters.open();
        group.gauge(SESSIONS, sessions);
        group.gauge(STREAMS, streams);
        group.counter(LISTS);
        group.counter(TOO_LONG);
        for (String outcome : new String[] {"done", "failed", "unknown", "denied"}) {
            group.counter(CALLS.with("outcome", outcome)); // from zero on, so that the first one shows as an increase
        }
    }

    /** Counts nowhere, if it was there. */
    public synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    synchronized void listFailed() {
        group.counter(LISTS).add(1);
    }

    /** Counts an answer of a server that nobody gets. */
    public synchronized void tooLong() {
        group.counter(TOO_LONG).add(1);
    }

    synchronized void called(Answer answer) {
        String outcome = answer instanceof Answer.Result result
                ? (result.failed() ? "failed" : "done")
                : answer instanceof Answer.Unknown ? "unknown" : "denied";
        group.counter(CALLS.with("outcome", outcome)).add(1);
    }
}
