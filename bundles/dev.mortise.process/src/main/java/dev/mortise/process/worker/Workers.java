// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses;
import dev.mortise.process.worker.launch.Users;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All fleets of this container. */
public final class Workers implements WorkerProcesses, AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private static final long LOOK_MILLIS = 250;

    private final Parts parts;
    private final Programs programs;

    // The monitor guards these; an artifact may be that of several fleets, while one follows the other.
    private final Map<Fleet, String> fleets = new HashMap<>();
    private boolean begun;

    /** What an earlier container left is ended now; without it nothing is done before the first fleet. */
    Workers(Parts parts) {
        this.parts = parts;
        this.programs = new Programs(parts);
        parts.launching().launcher().tidy();
    }

    /** A database is there, perhaps another one: it is told what runs. */
    public void recorded() {
        parts.ledger().restate();
    }

    /** Answers what runs programs that plugins bring beside themselves; ends with this. */
    public Programs programs() {
        return programs;
    }

    /** Answers who processes run as. */
    public Users users() {
        return parts.launching().launcher().users();
    }

    @Override
    public WorkerFleet fleet(Order order, Supplies supplies, Runnable changed) {
        Fleet fleet;
        synchronized (this) {
            begin();
            fleet = new Fleet(parts, order, supplies, changed, this::over);
            fleets.put(fleet, order.digest().hex());
        }
        return fleet;
    }

    private void begin() {
        if (!begun) {
            begun = true;
            var unused = parts.threads()
                    .clock()
                    .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        for (Fleet fleet : all()) {
            try {
                fleet.look();
            } catch (RuntimeException | Error e) {
                // where no thread can be had for a moment; the clock would never come again otherwise
                LOG.error("Processes of a plugin can't be looked after", e);
            }
        }
    }

    private synchronized List<Fleet> all() {
        return List.copyOf(fleets.keySet());
    }

    private synchronized void over(Fleet fleet) {
        String artifact = fleets.remove(fleet);
        if (artifact != null && !fleets.containsValue(artifact)) {
            parts.launching().folders().remove(artifact);
        }
    }

    @Override
    public List<WorkerFleet.Worker> workers() {
        return all().stream().flatMap(fleet -> fleet.workers().stream()).toList();
    }

    /** Ends all processes; returns when they are gone. */
    @Override
    public void close() {
        programs.close();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        all().forEach(fleet -> ends.add(fleet.retire().toCompletableFuture()));
        WorkerSettings settings = parts.settings().get();
        long limit = settings.pace()
                .drain()
                .plus(settings.pace().disable())
                .plus(settings.launch().terminate())
                .plusSeconds(5)
                .toMillis();
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(limit, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Processes of plugins did not end in time; their guards end them", e);
        }
        parts.launching().archive().close();
        parts.launching().launcher().close();
        parts.threads().close();
    }
}
