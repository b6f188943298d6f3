// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.StartProblem;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin version in the place where it runs, and in the one that it is moved to or comes from. Whoever retires it
 * retires all of that; what a place tells counts only while the version is there.
 */
final class PlacedRun implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(PlacedRun.class);

    private final PlacedRuntime places;
    private final Artifact artifact;
    private final Consumer<RunReport> reports;
    // The monitor guards these: threads of the plugin tell, the sequencer orders.
    private Place current;
    private Optional<Place> coming = Optional.empty();
    private Optional<Place> leaving = Optional.empty();
    private boolean ending;

    PlacedRun(
            PlacedRuntime places,
            Artifact artifact,
            String location,
            Consumer<RunReport> reports,
            Function<Consumer<RunReport>, Running> begin) {
        this.places = places;
        this.artifact = artifact;
        this.reports = reports;
        Place first = new Place(location);
        this.current = first;
        first.run = begin.apply(report -> heard(first, report));
    }

    /** One place, and the run there. */
    private static final class Place {
        private final String location;
        // set at once after it was made, and read by nobody before
        private volatile Running run = NONE;
        // lives on the thread of the run there
        private boolean ready;
        // guarded by the monitor of the whole
        private Optional<RunReport> told = Optional.empty();

        Place(String location) {
            this.location = location;
        }
    }

    private static final Running NONE = new Running() {
        @Override
        public CompletionStage<Void> retire() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void contract() {}
    };

    @Override
    public synchronized String location() {
        return current.location;
    }

    @Override
    public void move(String location) {
        Place next = new Place(location);
        synchronized (this) {
            if (ending || coming.isPresent() || leaving.isPresent()) {
                throw new IllegalStateException("Plugin " + artifact.identity() + " is being moved already.");
            }
            coming = Optional.of(next);
        }
        // what it was started with before is migrated; contract migrations that are left belong to the run that is
        // there
        next.run = places.at(location, artifact, Reach.EXPAND, report -> heard(next, report));
        if (isEnding()) {
            var unused = next.run.retire();
        }
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private void heard(Place place, RunReport report) {
        if (isComing(place)) {
            heardOfComing(place, report);
        } else if (isHere(place)) {
            reports.accept(report);
        }
    }

    private synchronized boolean isHere(Place place) {
        return place == current;
    }

    private synchronized boolean isComing(Place place) {
        return coming.filter(next -> next == place).isPresent();
    }

    private void heardOfComing(Place place, RunReport report) {
        if (report instanceof RunReport.Entered entered) {
            reports.accept(entered);
        } else if (report instanceof RunReport.Serving serving) {
            serves(place, serving);
        } else if (report instanceof RunReport.Failed failed) {
            stay(place, report, failed.problem());
        } else if (report instanceof RunReport.Impaired impaired) {
            stay(place, report, impaired.problem());
        }
    }

    /** Nothing is switched before it is recorded: whatever becomes of the container, it comes back here or there. */
    private void serves(Place place, RunReport.Serving serving) {
        if (place.ready) {
            later(place, serving);
            return;
        }
        try {
            places.decide(artifact.manifest(), place.location);
        } catch (MortiseException e) {
            stay(place, serving, notRecorded(place, e));
            return;
        }
        place.ready = true;
        reports.accept(new RunReport.Moved(serving.contribution()));
    }

    private StartProblem notRecorded(Place place, MortiseException why) {
        return new StartProblem(
                "That '%s' is to run as '%s' can't be recorded: %s"
                        .formatted(artifact.id(), place.location, why.getMessage()),
                "Try again.");
    }

    /** What it told between standing ready and being switched in is told when that is done. */
    private void later(Place place, RunReport.Serving serving) {
        synchronized (this) {
            if (coming.filter(next -> next == place).isPresent()) {
                place.told = Optional.of(serving);
                return;
            }
        }
        reports.accept(serving);
    }

    /** It may have been switched in in this very moment: then this is told of the place where it is. */
    private void stay(Place place, RunReport report, Problem problem) {
        synchronized (this) {
            boolean awaited = coming.filter(next -> next == place).isPresent();
            coming = awaited ? Optional.empty() : coming;
            if (!awaited) {
                reports.accept(report);
                return;
            }
        }
        var unused = place.run.retire();
        if (place.ready) {
            recordAgain();
        }
        reports.accept(new RunReport.Stayed(problem));
    }

    private void recordAgain() {
        try {
            places.decide(artifact.manifest(), location());
        } catch (MortiseException e) {
            LOG.warn(
                    "plugin={} stays '{}', and that can't be recorded: {} Move it again.",
                    artifact.identity(),
                    location(),
                    e.getMessage());
        }
    }

    @Override
    public synchronized void settle() {
        coming.ifPresent(next -> {
            leaving = Optional.of(current);
            current = next;
            coming = Optional.empty();
            next.told.ifPresent(reports);
        });
    }

    @Override
    public CompletionStage<Void> leave() {
        Optional<Place> old;
        synchronized (this) {
            old = leaving;
        }
        return old.map(place -> place.run.retire().whenComplete((nothing, failure) -> forget(place)))
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    private synchronized void forget(Place gone) {
        leaving = leaving.filter(place -> place != gone);
    }

    @Override
    public CompletionStage<Void> retire() {
        Running here;
        CompletableFuture<?> others;
        synchronized (this) {
            ending = true;
            here = current.run;
            others = CompletableFuture.allOf(
                    coming.map(place -> place.run.retire().toCompletableFuture())
                            .orElseGet(() -> CompletableFuture.completedFuture(null)),
                    leaving.map(place -> place.run.retire().toCompletableFuture())
                            .orElseGet(() -> CompletableFuture.completedFuture(null)));
        }
        return CompletableFuture.allOf(here.retire().toCompletableFuture(), others);
    }

    @Override
    public void contract() {
        Running here;
        synchronized (this) {
            here = current.run;
        }
        here.contract();
    }
}
