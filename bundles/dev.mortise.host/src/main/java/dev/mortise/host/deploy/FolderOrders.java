// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.DeploymentStore.Note;
import dev.mortise.kernel.port.DeploymentStore.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the watched folder as an inbox: a file with a new content asks for it, so does one that is written anew after its
 * plugin was removed; a file that is gone takes back what came from it, unless another one came in its place; anything else
 * asks for nothing. Lives on the sequencer's thread.
 */
final class FolderOrders {
    private final Wants wants;
    private final Predicate<Artifact> serves;
    private final Map<Path, Digest> handled = new TreeMap<>();
    private Optional<Set<Path>> seen = Optional.empty();
    private long looks;

    FolderOrders(Wants wants, Predicate<Artifact> serves) {
        this.wants = wants;
        this.serves = serves;
    }

    /** Takes over what was handled before the container started. */
    void restore(Map<Path, Digest> before) {
        handled.putAll(before);
    }

    /** Answers each file with the content that was handled; it changes with every look. */
    Map<Path, Digest> handled() {
        return Collections.unmodifiableMap(handled);
    }

    /** Answers how often the folder was looked at. */
    long looks() {
        return looks;
    }

    /** Tells whether a file holds what was wished from it. */
    boolean lies(Wish wish) {
        return handled.containsValue(wish.artifact().digest());
    }

    /** Lets what was written anew ask again where nobody wishes it any more: its plugin was removed a moment ago. */
    void forget(Set<Digest> touched) {
        handled.values()
                .removeIf(content ->
                        touched.contains(content) && wants.find(content).isEmpty());
    }

    /** Does what the folder asks for; answers for which plugins that is anything, and what it asks to run, if that. */
    Map<PluginId, Optional<Artifact>> take(Map<Path, Jar> lying) {
        looks++;
        Map<PluginId, Optional<Artifact>> asked = new TreeMap<>();
        Set<Path> gone = new HashSet<>(handled.keySet());
        gone.removeAll(lying.keySet());
        List<Jar> news = lying.values().stream()
                .filter(jar -> jar.artifact().isPresent())
                .filter(jar -> !content(jar).equals(handled.get(jar.file().path())))
                .sorted(Comparator.<Jar, Instant>comparing(jar -> jar.file().since())
                        .thenComparing(jar -> jar.file().path()))
                .toList();
        lying.values().forEach(jar -> jar.artifact().ifPresent(artifact -> find(artifact, asked)));
        gone.forEach(handled::remove);
        news.forEach(jar -> handled.put(jar.file().path(), content(jar)));
        List<Jar> arrived = Stream.concat(news.stream(), refusedSince(lying)).toList();
        gone.forEach(path -> inheritFrom(path, arrived));
        seen = Optional.of(Set.copyOf(lying.keySet()));
        gone.forEach(path -> takeBack(path, Optional.empty(), asked));
        news.forEach(jar -> takeBack(jar.file().path(), jar.artifact(), asked));
        news.forEach(jar -> jar.artifact()
                .filter(artifact -> ask(artifact, jar.file().path()))
                .ifPresent(artifact -> asked.put(artifact.id(), Optional.of(artifact))));
        Set.copyOf(asked.keySet()).forEach(plugin -> askAgain(plugin, asked));
        return asked;
    }

    private static Digest content(Jar jar) {
        return jar.artifact().orElseThrow().digest();
    }

    /**
     * A file that gave way to one of another name was renamed, as names with versions are at every update: what runs from it
     * goes on in the place of the new one, until that is switched in.
     */
    private void inheritFrom(Path gone, List<Jar> arrived) {
        wants.all().stream()
                .filter(wish -> wish.active() && wish.source().equals(Optional.of(gone)))
                .forEach(wish -> arrived.stream()
                        .filter(jar -> jar.plugin().equals(Optional.of(wish.id())))
                        .filter(jar -> jar.artifact()
                                .map(artifact -> Wish.rivals(artifact, wish.artifact()))
                                .orElse(true))
                        .map(jar -> jar.file().path())
                        .findFirst()
                        .ifPresent(path -> inherit(wish, path)));
    }

    private Stream<Jar> refusedSince(Map<Path, Jar> lying) {
        return lying.values().stream().filter(jar -> jar.refused().isPresent()).filter(jar -> seen.filter(
                        before -> !before.contains(jar.file().path()))
                .isPresent());
    }

    private void inherit(Wish wish, Path path) {
        wants.put(wish.from(path));
        handled.putIfAbsent(
                path, wish.artifact().digest()); // one that is refused stands for what runs, as if overwritten
    }

    /** What runs from a file goes on until another version of it is switched in; what never ran is replaced at once. */
    private void takeBack(Path path, Optional<Artifact> now, Map<PluginId, Optional<Artifact>> asked) {
        takeBackLost(path, now, asked);
        for (Wish wish : wants.all()) {
            if (!wish.source().equals(Optional.of(path))
                    || now.filter(next -> same(next, wish)).isPresent()) {
                continue;
            }
            Optional<Path> other = placeOf(wish.artifact().digest());
            boolean runsOn = wish.active()
                    && now.filter(next -> next.id().equals(wish.id())).isPresent();
            if (other.isPresent()) {
                wants.put(wish.from(other.get()));
            } else if (!runsOn) {
                wants.remove(wish);
                if (wants.of(wish.id()).stream().noneMatch(Wish::active)) {
                    asked.putIfAbsent(wish.id(), Optional.empty());
                }
            }
        }
    }

    /** What was lost lies here again, or still. */
    private void find(Artifact artifact, Map<PluginId, Optional<Artifact>> asked) {
        wants.lost(artifact.digest()).map(lost -> lost.found(artifact)).ifPresent(wish -> {
            wants.put(wish);
            asked.put(wish.id(), Optional.of(artifact));
        });
    }

    /** What is lost is wanted no longer when its file is gone as well, as if it were not. */
    private void takeBackLost(Path path, Optional<Artifact> now, Map<PluginId, Optional<Artifact>> asked) {
        for (Lost lost : wants.lost()) {
            boolean staysInPlace = lost.want().role() == Role.ACTIVE
                    && now.filter(next -> next.id().equals(lost.id())).isPresent();
            if (lost.cameFrom(path) && !staysInPlace) {
                wants.forget(lost);
                asked.putIfAbsent(lost.id(), Optional.empty());
            }
        }
    }

    private static boolean same(Artifact artifact, Wish wish) {
        return artifact.digest().equals(wish.artifact().digest());
    }

    private Optional<Path> placeOf(Digest digest) {
        return handled.entrySet().stream()
                .filter(entry -> entry.getValue().equals(digest))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Answers whether that asks for anything new. */
    private boolean ask(Artifact artifact, Path path) {
        Optional<Wish> known = wants.find(artifact.digest()).filter(wish -> wish.active() || wish.pending());
        known.filter(wish -> wish.source().filter(handled::containsKey).isEmpty())
                .ifPresent(wish -> wants.put(wish.from(path)));
        return known.isEmpty() && admit(artifact, Optional.of(path));
    }

    /** Answers whether it is tried or refused: one that another version supersedes at once asks for nothing. */
    private boolean admit(Artifact artifact, Optional<Path> path) {
        Wish wish = Wish.pending(artifact, path);
        Optional<Note> against = new Admission(wants, serves).against(new Admission.Request(artifact, path, false));
        wants.put(against.map(wish::parked).orElse(wish));
        return against.filter(note -> note.state() == PluginState.STAGED).isEmpty();
    }

    /** What was superseded or refused for a version that is gone is asked for anew, the most wanted first. */
    private void askAgain(PluginId plugin, Map<PluginId, Optional<Artifact>> asked) {
        List<Wish> parked = wants.of(plugin).stream()
                .filter(wish -> !wish.option())
                .sorted(Comparator.comparing(Wish::artifact, Wish.MOST_WANTED_FIRST))
                .toList();
        for (Wish wish : parked) {
            boolean rivalled = wants.of(plugin).stream()
                    .anyMatch(other -> other.option() && Wish.rivals(wish.artifact(), other.artifact()));
            if (!rivalled && admit(wish.artifact(), wish.source())) {
                asked.put(plugin, Optional.of(wish.artifact()));
            }
        }
    }
}
