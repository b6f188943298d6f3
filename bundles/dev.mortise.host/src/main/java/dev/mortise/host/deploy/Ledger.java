// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.DeploymentStore.Commit;
import dev.mortise.kernel.port.DeploymentStore.Recorded;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.SeenFile;
import dev.mortise.kernel.port.DeploymentStore.StaleGeneration;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the recorded desired state to what is desired, one transaction after the other, on a thread of its own. Nothing is
 * switched in before it is recorded: whatever becomes of the container, it comes back with the old or the new. Lives on the
 * sequencer's thread.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DeploymentStore store;
    private final String node;
    private final Executor thread;
    private final Sequence sequence;
    private final Map<Digest, Want> wants = new LinkedHashMap<>();
    private final Set<Digest> ours = new HashSet<>();
    private final Map<String, Digest> files = new TreeMap<>();
    private final Map<String, Deployment> journal = new LinkedHashMap<>();
    private final List<CompletableFuture<Long>> awaited = new ArrayList<>();
    private List<Object> writtenFrom = List.of();
    private long generation;
    private boolean writing;
    private boolean pausing;
    private Duration pause = FIRST_PAUSE;

    /**
     * Makes a ledger.
     *
     * @param thread a single one that may block; owned by the caller
     */
    Ledger(DeploymentStore store, String node, Executor thread, Sequence sequence) {
        this.store = store;
        this.node = node;
        this.thread = thread;
        this.sequence = sequence;
    }

    /** Takes over what is recorded: all of it is known here. */
    void restore(Recorded recorded) {
        recorded.wants().forEach(want -> ours.add(want.digest()));
        takeOver(recorded);
    }

    /** What somebody else recorded, and nobody here knows of, is neither switched in nor removed by what is desired here. */
    private void takeOver(Recorded recorded) {
        generation = recorded.generation();
        wants.clear();
        recorded.wants().stream()
                .filter(want -> ours.contains(want.digest()))
                .forEach(want -> wants.put(want.digest(), want));
        files.clear();
        recorded.files().forEach(file -> files.put(file.path(), file.digest()));
    }

    long generation() {
        return generation;
    }

    /** Tells whether it is recorded that an artifact is the one to run. */
    boolean active(Artifact artifact) {
        Want want = wants.get(artifact.digest());
        return want != null && want.role() == Role.ACTIVE;
    }

    /** Takes a deployment that is to be recorded as it is now. */
    void note(Deployment deployment) {
        journal.put(deployment.id(), deployment);
    }

    /** Answers when everything that is desired by the next {@link #write} is recorded, with the generation of it. */
    CompletableFuture<Long> recorded() {
        CompletableFuture<Long> next = new CompletableFuture<>();
        awaited.add(next);
        return next;
    }

    /** Records what is desired, unless that is recorded or being recorded; a pass follows when it is. */
    void write(Wants desired, FolderOrders inbox) {
        List<Object> now = List.of(desired.changes(), inbox.looks(), generation);
        boolean nothingNew = now.equals(writtenFrom) && journal.isEmpty() && awaited.isEmpty();
        if (writing || pausing || nothingNew) {
            return;
        }
        writtenFrom = now;
        Commit commit = difference(desired, inbox.handled());
        List<CompletableFuture<Long>> told = List.copyOf(awaited);
        awaited.clear();
        if (!commit.advances()
                && commit.journal().isEmpty()
                && commit.seen().isEmpty()
                && commit.gone().isEmpty()) {
            told.forEach(next -> next.complete(generation));
            return;
        }
        writing = true;
        // even of a change that fails something may be recorded: nobody knows when the answer is lost
        commit.put().forEach(want -> ours.add(want.digest()));
        commit.journal().forEach(deployment -> journal.remove(deployment.id(), deployment));
        thread.execute(() -> commit(commit, told));
    }

    private Commit difference(Wants desired, Map<Path, Digest> handled) {
        List<Want> put = new ArrayList<>();
        Map<Digest, Path> bytes = new HashMap<>();
        Set<Digest> removed = new HashSet<>(wants.keySet());
        desired.lost().forEach(lost -> removed.remove(lost.digest()));
        for (Wish wish : desired.all()) {
            Want want = wish.want();
            Want before = wants.get(want.digest());
            removed.remove(want.digest());
            if (want.equals(before) || (before == null && !hasBytes(wish))) {
                continue;
            }
            put.add(want);
            if (Files.exists(wish.artifact().file())) {
                bytes.put(want.digest(), wish.artifact().file());
            }
        }
        List<SeenFile> seen = new ArrayList<>();
        Set<String> gone = new HashSet<>(files.keySet());
        handled.forEach((path, digest) -> {
            gone.remove(path.toString());
            if (!digest.equals(files.get(path.toString()))) {
                seen.add(new SeenFile(path.toString(), digest));
            }
        });
        boolean advances = !put.isEmpty() || !removed.isEmpty();
        return new Commit(node, generation, advances, put, removed, seen, gone, bytes, List.copyOf(journal.values()));
    }

    /** One artifact whose bytes somebody took away must not keep all others from being recorded. */
    private static boolean hasBytes(Wish wish) {
        boolean there = Files.exists(wish.artifact().file());
        if (!there) {
            LOG.error(
                    "plugin={} can't be recorded: {} is gone. Deploy it again.",
                    wish.artifact().identity(),
                    wish.artifact().file());
        }
        return there;
    }

    /** Runs on the ledger's own thread. */
    private void commit(Commit commit, List<CompletableFuture<Long>> told) {
        try {
            long now = store.commit(commit);
            sequence.post(() -> done(commit, now, told));
        } catch (StaleGeneration stale) {
            sequence.post(() -> late(commit, told, stale));
        } catch (RuntimeException e) {
            sequence.post(() -> failed(commit, told, e));
        }
    }

    private void done(Commit commit, long now, List<CompletableFuture<Long>> told) {
        if (pause.compareTo(FIRST_PAUSE) > 0) {
            LOG.info("The desired state can be recorded again");
        }
        pause = FIRST_PAUSE;
        writing = false;
        generation = now;
        commit.put().forEach(want -> wants.put(want.digest(), want));
        wants.keySet().removeAll(commit.removed());
        ours.removeAll(commit.removed());
        commit.seen().forEach(file -> files.put(file.path(), file.digest()));
        files.keySet().removeAll(commit.gone());
        told.forEach(next -> next.complete(now));
    }

    /** What is desired stays so; it is recorded on top of what somebody else recorded. */
    private void late(Commit commit, List<CompletableFuture<Long>> told, StaleGeneration why) {
        LOG.warn("{} It is read again, and recorded on top of that.", why.getMessage());
        nothingOf(commit);
        awaited.addAll(told);
        pausing = true;
        thread.execute(this::readAgain);
    }

    /** What is desired stays so; it is recorded as soon as that can be. */
    private void failed(Commit commit, List<CompletableFuture<Long>> told, RuntimeException why) {
        nothingOf(commit);
        awaited.addAll(told);
        putOff(why);
    }

    private void nothingOf(Commit commit) {
        writing = false;
        writtenFrom = List.of();
        commit.journal().forEach(deployment -> journal.putIfAbsent(deployment.id(), deployment));
    }

    /** After a failure nobody knows what was recorded: the answer may be all that was lost. */
    private void putOff(RuntimeException why) {
        if (pause.equals(FIRST_PAUSE)) {
            LOG.warn(
                    "The desired state can't be recorded: {} Nothing is switched until it is; it is tried again.",
                    String.valueOf(why.getMessage()));
            LOG.debug("That is why", why);
        }
        awaited.forEach(next -> next.completeExceptionally(why));
        awaited.clear();
        pausing = true;
        sequence.postIn(pause, () -> thread.execute(this::readAgain));
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /** Runs on the ledger's own thread. */
    private void readAgain() {
        try {
            Recorded recorded = store.load(node);
            sequence.post(() -> {
                pausing = false;
                takeOver(recorded);
            });
        } catch (RuntimeException e) {
            sequence.post(() -> putOff(e));
        }
    }
}
