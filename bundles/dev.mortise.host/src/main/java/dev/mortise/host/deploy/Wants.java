// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.DeploymentStore.Note;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The desired state: every artifact that somebody asked for and nobody took back. Lives on the sequencer's thread. */
final class Wants {
    private final Map<Digest, Wish> wishes = new LinkedHashMap<>();
    private final Map<PluginId, Set<Digest>> byPlugin = new TreeMap<>();
    private final Map<Digest, Lost> lost = new LinkedHashMap<>();
    private long changes;

    Wants() {}

    private Wants(Wants other) {
        other.wishes.values().forEach(this::put);
        lost.putAll(other.lost);
        changes = other.changes;
    }

    Wants copy() {
        return new Wants(this);
    }

    Collection<Wish> all() {
        return List.copyOf(wishes.values());
    }

    Optional<Wish> find(Digest digest) {
        return Optional.ofNullable(wishes.get(digest));
    }

    /** Answers all wishes of a plugin, the oldest first. */
    List<Wish> of(PluginId plugin) {
        return byPlugin.getOrDefault(plugin, Set.of()).stream()
                .map(digest -> Known.get(wishes, digest))
                .toList();
    }

    Set<PluginId> plugins() {
        return Set.copyOf(byPlugin.keySet());
    }

    /** Answers a number that changes with every change. */
    long changes() {
        return changes;
    }

    void put(Wish wish) {
        Digest digest = wish.artifact().digest();
        lost.remove(digest);
        Wish before = wishes.put(digest, wish);
        Set<Digest> versions = byPlugin.computeIfAbsent(wish.id(), id -> new LinkedHashSet<>());
        versions.add(digest);
        if (!wish.equals(before)) {
            changes++;
        }
    }

    void remove(Wish wish) {
        if (wishes.remove(wish.artifact().digest()) != null) {
            changes++;
            Set<Digest> others = Known.get(byPlugin, wish.id());
            others.remove(wish.artifact().digest());
            if (others.isEmpty()) {
                byPlugin.remove(wish.id());
            }
        }
    }

    /** Answers what is wanted and can't be brought back. */
    List<Lost> lost() {
        return List.copyOf(lost.values());
    }

    Optional<Lost> lost(Digest digest) {
        return Optional.ofNullable(lost.get(digest));
    }

    /** Tells whether something that is lost speaks for its plugin: nothing else of it may be tried. */
    boolean speaks(Lost one) {
        return of(one.id()).stream().noneMatch(Wish::option);
    }

    void lose(Lost one) {
        changes++;
        lost.put(one.digest(), one);
    }

    void forget(Lost one) {
        changes++;
        lost.remove(one.digest());
    }

    /** Forgets everything of a plugin; answers what brings it back. */
    Runnable remove(PluginId plugin) {
        Runnable undo = undo(plugin);
        of(plugin).forEach(this::remove);
        lost().stream().filter(one -> one.id().equals(plugin)).forEach(this::forget);
        return undo;
    }

    /** Answers what brings back how it stands of a plugin now. */
    Runnable undo(PluginId plugin) {
        List<Wish> before = of(plugin);
        List<Lost> lostBefore =
                lost().stream().filter(one -> one.id().equals(plugin)).toList();
        return () -> {
            before.forEach(this::put);
            lostBefore.forEach(this::lose);
        };
    }

    /**
     * Answers the desired state after these artifacts are switched in: what they replace is parked where its file still
     * lies in the folder, so that it can come back, and else no longer wanted. What comes back replaces nothing: what is
     * asked for or failed beside it stays so.
     */
    Wants afterSwitchOf(Collection<Artifact> next, Predicate<Wish> lies) {
        List<Artifact> news =
                next.stream().filter(artifact -> !active(artifact)).toList();
        if (news.isEmpty()) {
            return this;
        }
        Wants after = new Wants(this);
        for (Artifact artifact : news) {
            for (Wish other : of(artifact.id())) {
                if (Wish.rivals(artifact, other.artifact())) {
                    after.giveWay(other, artifact, lies.test(other));
                }
            }
            after.find(artifact.digest()).ifPresent(wish -> after.activate(wish));
        }
        return after;
    }

    private void activate(Wish wish) {
        lost().stream().filter(one -> one.givesWayTo(wish.artifact())).forEach(this::forget);
        put(wish.activated());
    }

    private boolean active(Artifact artifact) {
        return find(artifact.digest()).filter(Wish::active).isPresent();
    }

    /** Takes over everything from another desired state. */
    void become(Wants other) {
        if (other == this) {
            return;
        }
        all().stream()
                .filter(wish -> other.find(wish.artifact().digest()).isEmpty())
                .forEach(this::remove);
        other.wishes.values().forEach(this::put);
        lost().stream().filter(one -> other.lost(one.digest()).isEmpty()).forEach(this::forget);
    }

    private void giveWay(Wish other, Artifact next, boolean lies) {
        boolean moreWanted = Wish.MOST_WANTED_FIRST.compare(other.artifact(), next) < 0;
        boolean stillAskedFor = moreWanted && !other.active();
        if (stillAskedFor || !other.option()) {
            return;
        }
        replace(other, next, lies);
    }

    /** Lets an artifact go for another one: it is parked where its file still lies in the folder, so that it can come back. */
    void replace(Wish other, Artifact next, boolean lies) {
        if (lies) {
            put(other.parked(superseded(other.artifact(), next)));
        } else {
            remove(other);
        }
    }

    /** Versions are told apart by their contents where they have the same number. */
    static Note superseded(Artifact artifact, Artifact by) {
        boolean twins = artifact.identity().equals(by.identity());
        return twins
                ? superseded(
                        "%s (sha256 %s…) is superseded by other content of the same version (sha256 %s…)."
                                .formatted(
                                        artifact.identity(),
                                        artifact.digest().shortHex(),
                                        by.digest().shortHex()),
                        "Deploy it again, or remove the other one.")
                : superseded(
                        "%s is superseded by %s."
                                .formatted(artifact.identity(), by.manifest().version()),
                        "Run 'rollback %s %s' to go back to it."
                                .formatted(artifact.id(), artifact.manifest().version()));
    }

    private static Note superseded(String message, String remedy) {
        return new Note(PluginState.STAGED, Problem.Code.CLASH, message, remedy);
    }
}
