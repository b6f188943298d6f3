// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.harness.process.ProcessFigures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends requests over a few kept connections, on each the next one when the last one is answered. It does so on one thread
 * and without garbage: client and server share the processors, so what it costs is charged to every contestant.
 */
final class Pump {
    /** Connections at once; half of what may be in one plugin at once (bulkhead.calls). */
    static final int CONNECTIONS = 16;

    private static final long PATIENCE_MILLIS = 30_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Lane lane;
    private final ProcessFigures server;

    Pump(Lane lane) {
        this.lane = lane;
        this.server = new ProcessFigures(lane.pid());
    }

    /** Sends for so long, then waits for what is outstanding. */
    Stretch run(Duration time) throws IOException {
        List<PumpedConnection> connections = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int number = 0; number < CONNECTIONS; number++) {
                connections.add(PumpedConnection.open(lane, number, selector));
            }
            return measured(connections, selector, time);
        } finally {
            for (PumpedConnection connection : connections) {
                connection.close();
            }
        }
    }

    private Stretch measured(List<PumpedConnection> connections, Selector selector, Duration time) throws IOException {
        Micros micros = Micros.none();
        double serverBefore = server.cpuSeconds();
        long ownBefore = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        long answers = pump(connections, selector, begin + time.toNanos(), micros);
        return new Stretch(
                answers,
                (System.nanoTime() - begin) / 1e9,
                server.cpuSeconds() - serverBefore,
                (THREADS.getCurrentThreadCpuTime() - ownBefore) / 1e9,
                micros);
    }

    private static long pump(List<PumpedConnection> connections, Selector selector, long end, Micros micros)
            throws IOException {
        long answers = 0;
        int outstanding = 0;
        for (PumpedConnection connection : connections) {
            connection.send();
            outstanding++;
        }
        while (outstanding > 0) {
            if (selector.select(PATIENCE_MILLIS) == 0) {
                throw new IOException("No answer came for " + PATIENCE_MILLIS + " ms.");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                PumpedConnection connection = (PumpedConnection) key.attachment();
                if (connection.answered(micros)) {
                    answers++;
                    if (System.nanoTime() < end) {
                        connection.send();
                    } else {
                        outstanding--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return answers;
    }
}
