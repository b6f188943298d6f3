// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.gateway.guard.Breaker;
import dev.mortise.gateway.guard.Breakers;
import dev.mortise.gateway.guard.OpenStreams;
import dev.mortise.gateway.guard.Outlier;
import dev.mortise.gateway.guard.Stuck;
import dev.mortise.kernel.port.Meters;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What lasts as long as one plugin version serves in one place, however often it is mounted anew meanwhile. */
final class Stay {
    private static final Meters.Series IN_FLIGHT =
            new Meters.Series("mortise.calls.in.flight", "Calls that run in handlers now.", Map.of());
    private static final Meters.Series STUCK = new Meters.Series(
            "mortise.calls.stuck", "Handlers that still run after their callers were answered 504.", Map.of());
    private static final Meters.Series BREAKERS = new Meters.Series(
            "mortise.breakers", "Endpoints that are left alone, by state of their breakers.", Map.of());

    private static final Meters.Series EJECTED = new Meters.Series(
            "mortise.instances.ejected", "Instances that are left out of the choice among several.", Map.of());

    private static final Meters.Series BACKGROUND = new Meters.Series(
            "mortise.calls.background", "Calls that their plugin does not wait for, by state.", Map.of());
    private static final Meters.Series STREAMS = new Meters.Series(
            "mortise.streams.open", "Calls of clients to streaming endpoints that run now.", Map.of());

    private final Traffic traffic = new Traffic();
    private final Lane lane = new Lane();
    private final Breakers breakers = new Breakers();
    private final Outlier outlier = new Outlier();
    private final Stuck.Share stuck = new Stuck.Share();
    private final OpenStreams streams = new OpenStreams();
    private final ToolStamp tools = new ToolStamp();

    Traffic traffic() {
        return traffic;
    }

    Breakers breakers() {
        return breakers;
    }

    Outlier outlier() {
        return outlier;
    }

    Lane lane() {
        return lane;
    }

    Stuck.Share stuck() {
        return stuck;
    }

    OpenStreams streams() {
        return streams;
    }

    ToolStamp tools() {
        return tools;
    }

    /** Answers what can be seen of it from outside. */
    Map<Meters.Series, DoubleSupplier> gauges() {
        return Map.of(
                BACKGROUND.with("state", "running"),
                lane::running,
                BACKGROUND.with("state", "waiting"),
                lane::waiting,
                IN_FLIGHT,
                traffic::running,
                STREAMS,
                streams::count,
                STUCK,
                stuck::count,
                EJECTED,
                () -> outlier.out(System.nanoTime()) ? 1 : 0,
                BREAKERS.with("state", "open"),
                () -> breakers.count(Breaker.State.OPEN),
                BREAKERS.with("state", "half_open"),
                () -> breakers.count(Breaker.State.HALF_OPEN));
    }
}
