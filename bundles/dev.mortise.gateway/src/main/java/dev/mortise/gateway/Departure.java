// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The order in which versions that leave at once close their doors: a provider only after the callers that leave with it,
 * because a call that runs in one of them finds nobody else who admits its range.
 */
final class Departure {
    private final Views before;
    private final Map<Traffic, Leaver> leavers = new LinkedHashMap<>();

    private Departure(Views before, List<Mounted> gone) {
        this.before = before;
        gone.forEach(version -> leavers.put(version.traffic(), new Leaver(version)));
    }

    /** Finds out who waits for whom, by what these versions saw before. */
    static Departure of(Views before, List<Mounted> gone) {
        Departure departure = new Departure(before, gone);
        if (gone.size() > 1) {
            departure.leavers.values().forEach(leaver -> departure.keepProviders(leaver, true));
            departure.leavers.values().forEach(leaver -> departure.keepProviders(leaver, false));
        }
        return departure;
    }

    List<Leaver> leavers() {
        return List.copyOf(leavers.values());
    }

    /** Closes each version as soon as nobody who needs it runs. */
    void close() {
        List<Leaver> keeping = leavers.values().stream()
                .filter(leaver -> !leaver.kept().isEmpty())
                .toList();
        leavers.forEach((traffic, leaver) -> {
            CompletableFuture<?>[] callers = keeping.stream()
                    .filter(caller -> caller.keeps(leaver))
                    .map(caller -> caller.version().traffic().idle().toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            var unused = CompletableFuture.allOf(callers).thenRun(traffic::retire);
        });
    }

    // Required needs come first, as they make no loop: it is an optional one that would close a loop, and is let go.
    private void keepProviders(Leaver caller, boolean required) {
        PluginMount plugin = caller.version().plugin();
        RoutingSnapshot seen =
                before.seenBy(caller.version().manifest().id(), plugin.entry().digest());
        for (Needs.Need need : plugin.needs().all()) {
            ServiceMount provider =
                    need.dependency().required() == required ? ServiceResolver.nearest(seen, need) : null;
            Leaver leaver = provider == null
                    ? null
                    : leavers.get(provider.plugin().owner().traffic());
            if (provider != null && leaver != null && !waits(leaver, caller, new HashSet<>())) {
                caller.keep(need, provider);
            }
        }
    }

    /** Tells whether the one must be idle before the other one closes, whoever stands between them. */
    private boolean waits(@Nullable Leaver other, Leaver one, Set<Leaver> asked) {
        if (other == null || !asked.add(other)) {
            return false;
        }
        return other == one
                || other.kept().stream()
                        .anyMatch(provider ->
                                waits(leavers.get(provider.plugin().owner().traffic()), one, asked));
    }
}
