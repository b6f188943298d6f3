// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.testkit.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps what is desired, the bytes of it and the journal in memory. */
public final class MemoryDeploymentStore implements DeploymentStore {
    private static final Comparator<Archived> WHAT_RAN_LAST_FIRST = Comparator.comparing(
                    (Archived one) -> one.ranAt().orElse(Instant.MIN))
            .thenComparing(Archived::addedAt)
            .reversed();

    private final Map<Digest, Want> wants = new HashMap<>();
    private final Map<Digest, Kept> artifacts = new LinkedHashMap<>();
    private final Map<String, Map<String, SeenFile>> files = new HashMap<>();
    private final Map<String, Entry> journal = new TreeMap<>(Comparator.reverseOrder());
    private long generation;

    private record Kept(Archived about, ByteBuffer bytes) {
        Kept run() {
            return new Kept(
                    new Archived(
                            about.plugin(),
                            about.version(),
                            about.digest(),
                            about.bytes(),
                            about.addedAt(),
                            Optional.of(Instant.now())),
                    bytes);
        }
    }

    private record Entry(String node, Deployment deployment) {}

    @Override
    public synchronized Recorded load(String node) {
        return new Recorded(
                generation,
                wants.values().stream()
                        .sorted(Comparator.comparing(Want::plugin)
                                .thenComparing(want -> want.digest().hex()))
                        .toList(),
                files.getOrDefault(node, Map.of()).values().stream()
                        .sorted(Comparator.comparing(SeenFile::path))
                        .toList(),
                journal.values().stream()
                        .filter(entry -> entry.node().equals(node))
                        .map(Entry::deployment)
                        .filter(deployment -> deployment.state() == Deployment.State.RUNNING)
                        .sorted(Comparator.comparing(Deployment::id))
                        .toList());
    }

    @Override
    public synchronized long commit(Commit commit) {
        if (commit.advances()) {
            advance(commit);
        } else if (!commit.put().isEmpty() || !commit.removed().isEmpty()) {
            throw new IllegalArgumentException("A commit that changes what is wanted advances the generation.");
        }
        Map<String, SeenFile> here = files.computeIfAbsent(commit.node(), node -> new HashMap<>());
        here.keySet().removeAll(commit.gone());
        commit.seen().forEach(file -> here.put(file.path(), file));
        commit.journal().forEach(one -> journal.put(one.id(), new Entry(commit.node(), one)));
        return commit.generation() + (commit.advances() ? 1 : 0);
    }

    /** Reads all bytes before it changes anything: what fails leaves nothing behind. */
    private void advance(Commit commit) {
        if (commit.generation() != generation) {
            throw new StaleGeneration(commit.generation(), generation);
        }
        Map<Digest, Kept> added = new LinkedHashMap<>();
        for (Want want : commit.put()) {
            if (!artifacts.containsKey(want.digest())) {
                added.put(
                        want.digest(),
                        read(want, Optional.ofNullable(commit.bytes().get(want.digest()))));
            }
        }
        artifacts.putAll(added);
        commit.put().stream()
                .filter(this::becomesActive)
                .forEach(want -> artifacts.computeIfPresent(want.digest(), (digest, kept) -> kept.run()));
        wants.keySet().removeAll(commit.removed());
        commit.put().forEach(want -> wants.put(want.digest(), want));
        generation++;
    }

    private boolean becomesActive(Want want) {
        return want.role() == Role.ACTIVE
                && Optional.ofNullable(wants.get(want.digest()))
                        .filter(before -> before.role() == Role.ACTIVE)
                        .isEmpty();
    }

    private static Kept read(Want want, Optional<Path> file) {
        Path path = file.orElseThrow(() -> new IllegalArgumentException(
                "The bytes of " + want.plugin() + " " + want.version() + " are neither kept nor given."));
        try {
            byte[] bytes = Files.readAllBytes(path);
            if (!Digests.of(bytes).equals(want.digest())) {
                throw new IllegalArgumentException(
                        "'" + path + "' has not the bytes of " + want.plugin() + " " + want.version() + ".");
            }
            return new Kept(
                    new Archived(
                            want.plugin(),
                            want.version(),
                            want.digest(),
                            bytes.length,
                            Instant.now(),
                            Optional.empty()),
                    ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("'" + path + "' can't be read; nothing was recorded.", e);
        }
    }

    @Override
    public boolean fetch(Digest digest, Path target) throws IOException {
        Optional<Kept> kept = kept(digest);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        if (kept.isEmpty()) {
            return false;
        }
        Path temporary = Files.createTempFile(target.toAbsolutePath().getParent(), target.getFileName() + "-", ".part");
        try {
            Files.write(temporary, kept.get().bytes().array());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return true;
    }

    private synchronized Optional<Kept> kept(Digest digest) {
        return Optional.ofNullable(artifacts.get(digest));
    }

    @Override
    public synchronized List<Archived> archive(PluginId plugin) {
        return artifacts.values().stream()
                .map(Kept::about)
                .filter(about -> about.plugin().equals(plugin))
                .sorted(WHAT_RAN_LAST_FIRST)
                .toList();
    }

    @Override
    public synchronized Set<Digest> prune(int kept, Duration grace) {
        Instant old = Instant.now().minus(grace);
        Set<Digest> left = artifacts.values().stream()
                .map(one -> one.about().plugin())
                .distinct()
                .flatMap(plugin -> left(archive(plugin), kept, old))
                .map(Archived::digest)
                .collect(Collectors.toSet());
        artifacts.keySet().removeIf(digest -> !left.contains(digest) && !wants.containsKey(digest));
        return Set.copyOf(artifacts.keySet());
    }

    private static Stream<Archived> left(List<Archived> archive, int kept, Instant old) {
        return Stream.concat(
                archive.stream().filter(one -> one.ranAt().isPresent()).limit(kept),
                archive.stream()
                        .filter(one -> one.ranAt().isEmpty() && one.addedAt().isAfter(old)));
    }

    @Override
    public synchronized List<Deployment> deployments(int limit) {
        return journal.values().stream().map(Entry::deployment).limit(limit).toList();
    }

    @Override
    public synchronized Optional<Deployment> deployment(String id) {
        return Optional.ofNullable(journal.get(id)).map(Entry::deployment);
    }
}
