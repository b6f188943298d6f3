// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.folder.FolderFile;
import dev.mortise.host.folder.Marker;
import dev.mortise.host.folder.Stamp;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.Routing;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A container without framework and threads: what is posted runs when the test says so. */
final class World implements PluginRuntime, Routing {
    final Shelf shelf;
    final TreeMap<String, Deployment> deployments = new TreeMap<>();
    final Map<String, WorldRun> runs = new HashMap<>();
    final List<String> events = new ArrayList<>();
    final Map<String, Reach> reaches = new HashMap<>();
    final Map<PluginId, Entry> routed = new TreeMap<>();
    final Map<ServiceName, HeldService> held = new HashMap<>();
    List<Entry> probed = List.of();
    final List<Change> changes = new ArrayList<>();
    final Map<PluginIdentity, CompletableFuture<Void>> calls = new HashMap<>();
    Map<Path, Marker> markers = Map.of();
    HostSnapshot snapshot = HostSnapshot.EMPTY;
    final Deployer deployer;
    boolean automatic = true;

    final Turns turns = new Turns();
    private final Wall wall = new Wall();
    private final Map<Path, Jar> jars = new TreeMap<>();
    private long clock;

    World() {
        this(new Shelf());
    }

    /** A container that starts with what another one left. */
    World(Shelf shelf) {
        this.shelf = shelf;
        Endings endings = new Endings(this, Duration.ofSeconds(30), turns, new Permits(4, () -> clock));
        Board board =
                new Board(new Switchboard(this, Optional::empty), shown -> markers = shown, taken -> snapshot = taken);
        Ledger ledger = new Ledger(shelf, "here", turns::post, turns);
        Journal journal = new Journal(Clock.systemUTC(), deployment -> {
            ledger.note(deployment);
            deployments.put(deployment.id(), deployment);
        });
        deployer = new Deployer(
                new Deployer.Parts(
                        this, turns, board, endings, new Permits(4, () -> clock), new Rows(wall), ledger, journal),
                new Planning(new Version("1.0.0"), this::heldElsewhere));
        deployer.restore(shelf.load("here"), shelf.inspections());
    }

    /** Answers a container that is started after this one was killed. */
    World killedAndStartedAgain() {
        World next = new World(shelf);
        next.jars.putAll(jars);
        next.clock = clock;
        return next;
    }

    Deployment lastDeployment() {
        return deployments.lastEntry().getValue();
    }

    World drop(String file, Sketch sketch) {
        shelf.knows(sketch.artifact());
        return put(file, new Inspection.Admitted(sketch.artifact()));
    }

    World dropBad(String file, Sketch sketch) {
        Artifact artifact = sketch.artifact();
        return put(
                file,
                new Inspection.Refused(
                        Optional.of(new Inspection.Named(
                                artifact.id(),
                                artifact.manifest().version(),
                                artifact.digest(),
                                Optional.of(artifact.manifest()))),
                        List.of(new Problem.IntakeProblem(file + " is bad.", "Mend it."))));
    }

    World put(String file, Inspection inspection) {
        jars.put(Path.of(file), new Jar(file(file, FolderFile.Condition.COMPLETE, ""), Optional.of(inspection)));
        return this;
    }

    World put(String file, FolderFile.Condition condition, String reason) {
        jars.put(Path.of(file), new Jar(file(file, condition, reason), Optional.empty()));
        return this;
    }

    World delete(String file) {
        jars.remove(Path.of(file));
        return this;
    }

    private FolderFile file(String file, FolderFile.Condition condition, String reason) {
        clock++;
        Stamp stamp = new Stamp(clock, FileTime.fromMillis(clock), "inode");
        return new FolderFile(Path.of(file), stamp, condition, reason, Instant.EPOCH.plusMillis(clock));
    }

    /** Orders an artifact as somebody who knows how everything stands. */
    OperatorOrders.Answer install(Sketch sketch, boolean downgrade) {
        shelf.knows(sketch.artifact());
        return deployer.orders()
                .install(
                        sketch.artifact(),
                        downgrade,
                        Trigger.API,
                        deployer.orders().generation());
    }

    /** Tells the deployer of the folder and lets it do all that it can; with {@code automatic}, plugins start well. */
    World settle() {
        settle(0);
        return run();
    }

    /** Tells the deployer of the folder and lets only so many things happen; answers whether nothing is left to. */
    boolean settle(int steps) {
        deployer.folder(jars);
        for (int step = 0; step < steps && moves(); step++) {
            turns.next();
        }
        return !moves();
    }

    private boolean moves() {
        if (turns.over()) {
            deployer.pass();
        }
        return !turns.over();
    }

    World run() {
        while (moves()) {
            turns.next();
        }
        return this;
    }

    /** Lets things happen one by one, until this is so. */
    void runUntil(BooleanSupplier reached) {
        while (!reached.getAsBoolean() && moves()) {
            turns.next();
        }
    }

    void advance(Duration time) {
        clock += time.toNanos();
        wall.advance(time);
    }

    String state(String id) {
        return snapshot.speaker(new PluginId(id))
                .map(view -> view.version() + " " + view.state())
                .orElse("none");
    }

    String reason(String id) {
        return snapshot.speaker(new PluginId(id)).orElseThrow().reason();
    }

    Entry route(String id) {
        return routed.get(new PluginId(id));
    }

    String marker(String file) {
        Marker marker = markers.get(Path.of(file));
        return marker == null ? "none" : marker.kind() + ": " + marker.lines().get(0);
    }

    @Override
    public Running start(Artifact artifact, Reach reach, Consumer<RunReport> reports) {
        WorldRun run = new WorldRun(this, artifact, reports);
        events.add("start " + artifact.identity());
        reaches.put(artifact.identity().toString(), reach);
        runs.put(artifact.identity().toString(), run);
        if (automatic) {
            run.stands();
        }
        return run;
    }

    /** Lets everything happen that was put off. */
    World laterOn() {
        turns.putOffNoMore();
        return run();
    }

    @Override
    public String node() {
        return "here";
    }

    @Override
    public void probe(List<Entry> candidates) {
        probed = List.copyOf(candidates);
    }

    @Override
    public void open() {}

    @Override
    public Map<ServiceName, HeldService> heldElsewhere() {
        return Map.copyOf(held);
    }

    @Override
    public void whenHeldElsewhere(Runnable listener) {
        throw new UnsupportedOperationException("The engine listens, not the deployer.");
    }

    @Override
    public void apply(Change change) {
        changes.add(change);
        change.put().forEach(entry -> routed.put(entry.manifest().id(), entry));
        change.remove().forEach(routed::remove);
    }

    @Override
    public CompletionStage<Void> drained(PluginIdentity plugin) {
        events.add("drain " + plugin);
        return calls.getOrDefault(plugin, CompletableFuture.completedFuture(null));
    }
}
