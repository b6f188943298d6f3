// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.Routing;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What entries that come take over from those that stand. */
final class Succession {
    private final Views before;
    private final Set<PluginIdentity> coming = new HashSet<>();

    /**
     * Looks at what comes.
     *
     * @throws IllegalArgumentException when a version comes twice
     */
    Succession(Views before, List<Routing.Entry> entries) {
        this.before = before;
        for (Routing.Entry entry : entries) {
            PluginIdentity version = entry.manifest().identity();
            if (!coming.add(version)) {
                throw new IllegalArgumentException(
                        "Plugin " + version + " is put twice. Side by side stand different versions of a plugin.");
            }
        }
    }

    /** A mount goes on when the same code goes on serving, ready or switched in; calls that run in it stay counted. */
    Optional<Owner> owner(Routing.Entry entry) {
        return before.serving(entry.manifest().id().value()).stream()
                .filter(version ->
                        entry.state().serves() && sameCode(version.plugin().entry(), entry))
                .findFirst()
                .map(version -> version.plugin().owner());
    }

    /** Answers when the plugin version, or the one whose place it takes, last served. */
    Optional<Instant> lastServed(Routing.Entry entry) {
        if (entry.state().serves()) {
            return Optional.empty();
        }
        return predecessor(entry)
                .flatMap(version -> version.serves() ? Optional.of(entry.since()) : version.lastServed());
    }

    /** Tells whether an entry serves where nothing served before. */
    boolean begins(Routing.Entry entry) {
        return entry.state().serves()
                && predecessor(entry).filter(PluginMount::serves).isEmpty();
    }

    static boolean sameCode(Routing.Entry one, Routing.Entry other) {
        return one.loader() == other.loader()
                && one.manifest().identity().equals(other.manifest().identity());
    }

    /** Answers the mount of the same version, or else the best one of those that do not stay. */
    private Optional<PluginMount> predecessor(Routing.Entry entry) {
        PluginIdentity version = entry.manifest().identity();
        List<Mounted> standing = before.current().versions(version.id().value());
        return standing.stream()
                .filter(mount -> mount.manifest().identity().equals(version))
                .findFirst()
                .or(() -> standing.stream()
                        .filter(mount -> !coming.contains(mount.manifest().identity()))
                        .findFirst())
                .map(Mounted::plugin);
    }
}
