// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Says of an instance again and again that it is there, until closed. */
final class Heartbeats implements AutoCloseable {
    private static final int EVERY_MILLIS = 300;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> beating;

    private Heartbeats(RemoteLease lease) {
        beating = timer.scheduleWithFixedDelay(lease::heartbeat, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Heartbeats of(RemoteLease lease) {
        return new Heartbeats(lease);
    }

    @Override
    public void close() {
        beating.cancel(false);
        timer.shutdown();
    }
}
