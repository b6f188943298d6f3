// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.DeploymentStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store of deployments that outlives the containers of a test; of artifacts it keeps what was looked into. */
final class Shelf implements DeploymentStore {
    final Map<Digest, Want> wants = new LinkedHashMap<>();
    final Map<String, Digest> files = new TreeMap<>();
    final Map<String, Deployment> journal = new TreeMap<>();
    boolean away;
    /** Whether everything is recorded, and nobody hears of it. */
    boolean mute;

    private final Map<Digest, Artifact> artifacts = new HashMap<>();
    private long generation;

    /** Says which artifact has these bytes. */
    void knows(Artifact artifact) {
        artifacts.put(artifact.digest(), artifact);
    }

    /** Says that the bytes of something are lost. */
    void loses(Sketch sketch) {
        artifacts.remove(sketch.artifact().digest());
    }

    /** Answers what becomes of everything that is wanted when a container starts. */
    Map<Digest, Inspection> inspections() {
        Map<Digest, Inspection> inspections = new HashMap<>();
        wants.forEach((digest, want) -> inspections.put(
                digest,
                Optional.ofNullable(artifacts.get(digest))
                        .<Inspection>map(Inspection.Admitted::new)
                        .orElseGet(() -> new Inspection.Refused(
                                Optional.empty(),
                                List.of(new Problem.IntakeProblem(
                                        want.version() + " is lost.", "Deploy it again."))))));
        return inspections;
    }

    /** Answers what is recorded of a plugin, as text. */
    List<String> of(String plugin) {
        return wants.values().stream()
                .filter(want -> want.plugin().value().equals(plugin))
                .map(want -> want.version() + " " + want.role())
                .sorted()
                .toList();
    }

    /** Lets another container record something. */
    void another(Consumer<Map<Digest, Want>> change) {
        change.accept(wants);
        generation++;
    }

    private void requireToBeThere() {
        if (away) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is away.");
        }
    }

    @Override
    public Recorded load(String node) {
        requireToBeThere();
        List<SeenFile> seen = files.entrySet().stream()
                .map(file -> new SeenFile(file.getKey(), file.getValue()))
                .toList();
        List<Deployment> running = journal.values().stream()
                .filter(deployment -> deployment.state() == Deployment.State.RUNNING)
                .toList();
        return new Recorded(generation, List.copyOf(wants.values()), seen, running);
    }

    @Override
    public long commit(Commit commit) {
        requireToBeThere();
        if (commit.advances() && commit.generation() != generation) {
            throw new StaleGeneration(commit.generation(), generation);
        }
        commit.put().forEach(want -> wants.put(want.digest(), want));
        wants.keySet().removeAll(commit.removed());
        commit.seen().forEach(file -> files.put(file.path(), file.digest()));
        files.keySet().removeAll(commit.gone());
        commit.journal().forEach(deployment -> journal.put(deployment.id(), deployment));
        generation += commit.advances() ? 1 : 0;
        if (mute) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The answer is lost.");
        }
        return commit.generation() + (commit.advances() ? 1 : 0);
    }

    @Override
    public boolean fetch(Digest digest, Path target) {
        return false;
    }

    @Override
    public List<Archived> archive(PluginId plugin) {
        return List.of();
    }

    @Override
    public Set<Digest> prune(int kept, Duration grace) {
        return Set.copyOf(wants.keySet());
    }

    @Override
    public List<Deployment> deployments(int limit) {
        return List.copyOf(journal.values());
    }

    @Override
    public Optional<Deployment> deployment(String id) {
        return Optional.ofNullable(journal.get(id));
    }
}
