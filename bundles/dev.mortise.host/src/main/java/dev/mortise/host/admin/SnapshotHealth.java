// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The health of the container: what its parts say, and how the plugins stand. */
public final class SnapshotHealth implements Health {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final About about;
    private final Supplier<HostSnapshot> snapshots;
    private final Supplier<Phase> phases;
    private final Supplier<Collection<HealthSource>> sources;
    private volatile boolean wasReady;

    /** What the container is. */
    public record About(String version, String edition, List<String> features) {}

    /**
     * How far the host is.
     *
     * @param running since the first plan was applied, whatever the clock on the wall does
     */
    public record Phase(Optional<Duration> running, boolean stopping) {}

    /** Makes the health of a container. */
    public SnapshotHealth(
            About about,
            Supplier<HostSnapshot> snapshots,
            Supplier<Phase> phases,
            Supplier<Collection<HealthSource>> sources) {
        this.about = about;
        this.snapshots = snapshots;
        this.phases = phases;
        this.sources = sources;
    }

    @Override
    public Report report() {
        HostSnapshot now = snapshots.get();
        List<Line> lines = sources.get().stream().map(SnapshotHealth::ask).toList();
        return new Report(
                status(now, lines),
                about.version(),
                about.edition(),
                about.features(),
                now.speakers().stream()
                        .map(view -> new PluginLine(
                                view.id().value(),
                                view.version().text(),
                                view.state().name()))
                        .toList(),
                lines.stream()
                        .map(line -> new CheckLine(line.name(), line.status().name(), line.message()))
                        .sorted(java.util.Comparator.comparing(CheckLine::name))
                        .toList());
    }

    /** Once ready, a plugin that is deployed later does not take it back; stopping does. */
    @Override
    public boolean ready() {
        Phase phase = phases.get();
        if (phase.stopping() || phase.running().isEmpty()) {
            return false;
        }
        boolean patienceIsOver = phase.running().get().compareTo(PATIENCE) > 0;
        wasReady = wasReady || patienceIsOver || snapshots.get().settled();
        return wasReady;
    }

    private String status(HostSnapshot now, List<Line> lines) {
        if (lines.stream().anyMatch(line -> line.status() == Status.DOWN)) {
            return "DOWN";
        }
        if (!ready()) {
            return phases.get().stopping() ? "DOWN" : "STARTING";
        }
        boolean allWell = lines.stream().allMatch(line -> line.status() == Status.UP)
                && now.speakers().stream().noneMatch(view -> unwell(view.state()));
        return allWell ? "UP" : "DEGRADED";
    }

    private static boolean unwell(PluginState state) {
        return switch (state) {
            case WAITING, REJECTED, DEGRADED, FAILED, QUARANTINED -> true;
            default -> false;
        };
    }

    /** A check that breaks has not said that all is well. */
    private static Line ask(HealthSource source) {
        try {
            return source.check();
        } catch (RuntimeException e) {
            return new Line(source.getClass().getSimpleName(), Status.DOWN, "The check threw " + e + ".");
        }
    }
}
