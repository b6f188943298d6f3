// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of the plugins, and by whom, as one immutable value. Everybody sees what is switched in; a version that is
 * not switched in yet sees the candidates in their places; one that was switched out still finds the versions that it
 * called and that left with it.
 *
 * @param current what is switched in
 * @param candidates what stands ready
 * @param coming the current snapshot with the candidates switched in; the current one itself when there are none
 * @param leaving versions that left while calls may run in them
 */
record Views(RoutingSnapshot current, List<Mounted> candidates, RoutingSnapshot coming, List<Leaver> leaving) {
    static final Views CLOSED = of(RoutingSnapshot.CLOSED, List.of(), List.of());

    static Views of(RoutingSnapshot current, List<Mounted> candidates, List<Leaver> leaving) {
        return new Views(current, List.copyOf(candidates), current.showing(candidates), List.copyOf(leaving));
    }

    /** Answers what the clients of a plugin version see: one on its way out sees the candidates as little as one that serves. */
    RoutingSnapshot seenBy(PluginId plugin, Digest digest) {
        return coming == current
                        || current.serves(plugin.value(), digest)
                        || leaving.stream().anyMatch(leaver -> leaver.is(plugin, digest))
                ? current
                : coming;
    }

    /** Answers the provider that left together with a plugin version, and is kept for the calls that still run in it. */
    @Nullable
    ServiceMount kept(PluginId plugin, Digest digest, Needs.Need need) {
        if (leaving.isEmpty() || current.serves(plugin.value(), digest)) {
            return null;
        }
        for (Leaver leaver : leaving) {
            ServiceMount kept = leaver.is(plugin, digest) ? leaver.kept(need) : null;
            if (kept != null) {
                return kept;
            }
        }
        return null;
    }

    /** Answers the other plugin that a service belongs to: because it offers it, or stands ready to. */
    Optional<String> otherOwner(String service, String plugin) {
        return Stream.of(current, coming)
                .flatMap(snapshot -> snapshot.service(service).stream())
                .map(mount -> mount.plugin().id())
                .filter(owner -> !owner.equals(plugin))
                .findFirst();
    }

    /** Answers the versions of a plugin that can be called: those that are switched in and those that stand ready. */
    List<Mounted> serving(String id) {
        return versions(id).filter(Mounted::serves).toList();
    }

    Views with(List<Leaver> more) {
        List<Leaver> all = new ArrayList<>(leaving);
        all.addAll(more);
        return new Views(current, candidates, coming, List.copyOf(all));
    }

    Views withoutIdle() {
        List<Leaver> busy = leaving.stream().filter(leaver -> !leaver.idle()).toList();
        return new Views(current, candidates, coming, busy);
    }

    /** Answers the versions that are here, and no longer in the next ones. */
    List<Mounted> gone(Views next) {
        List<Mounted> touched = new ArrayList<>(candidates);
        current.plugins().forEach((id, versions) -> {
            if (next.current.versions(id) != versions) {
                touched.addAll(versions);
            }
        });
        return touched.stream().filter(version -> !next.goesOn(version)).toList();
    }

    private boolean goesOn(Mounted version) {
        return versions(version.id()).anyMatch(other -> other.traffic() == version.traffic());
    }

    private Stream<Mounted> versions(String id) {
        Stream<Mounted> ready =
                candidates.stream().filter(candidate -> candidate.id().equals(id));
        return Stream.concat(current.versions(id).stream(), ready);
    }
}
