// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.Routing;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances elsewhere that require services of others: each one is shown as it says that it is while these are served, and
 * as WAITING, with the reason, while they are not. Its owner guards it.
 */
final class Waiters {
    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    private final Mounting mounting;
    private final Clock clock;
    private final Map<String, Said> said = new LinkedHashMap<>();

    Waiters(Mounting mounting, Clock clock) {
        this.mounting = mounting;
        this.clock = clock;
    }

    /** How an instance would be shown if all that it requires were served. */
    private record Said(Routing.Entry entry, Place.Elsewhere place) {}

    /** Takes note of what an instance says of itself. */
    void says(Routing.Entry entry, Place.Elsewhere place) {
        if (entry.manifest().dependencies().stream().anyMatch(dependency -> dependency.required())) {
            said.put(place.id(), new Said(entry, place));
        }
    }

    /** An instance is gone. */
    void forget(String registration) {
        said.remove(registration);
    }

    /** Answers the snapshot in which each of them is shown as it stands in this snapshot. */
    RoutingSnapshot settled(RoutingSnapshot next) {
        RoutingSnapshot settled = next;
        // One may require what another one offers, so each turn may change what the next one finds.
        for (int turn = 0; turn <= said.size(); turn++) {
            RoutingSnapshot before = settled;
            for (Said one : said.values()) {
                settled = settled(settled, one);
            }
            if (settled == before) {
                return settled;
            }
        }
        return settled;
    }

    private RoutingSnapshot settled(RoutingSnapshot snapshot, Said one) {
        Optional<Mounted> shown = snapshot.elsewhere(one.place.id());
        if (shown.isEmpty()) {
            return snapshot;
        }
        Routing.Entry now = shown.get().plugin().entry();
        Optional<Problem> missing = new RequiredServices(snapshot).missing(one.entry.manifest());
        PluginState state = missing.isPresent() ? PluginState.WAITING : one.entry.state();
        String reason = missing.map(Problem::message).orElse(one.entry.reason());
        if (now.state() == state && now.reason().equals(reason)) {
            return snapshot;
        }
        LOG.info("plugin={} its instance on node '{}' is {}. {}", now.manifest().id(), one.place.node(), state, reason);
        return snapshot.placing(
                one.place.id(),
                mounting.mount(
                        standing(one.entry, state, reason),
                        Optional.of(shown.get().plugin().owner()),
                        Optional.empty(),
                        one.place));
    }

    private Routing.Entry standing(Routing.Entry entry, PluginState state, String reason) {
        return new Routing.Entry(
                entry.manifest(),
                entry.digest(),
                state,
                reason,
                clock.instant(),
                entry.location(),
                entry.loader(),
                entry.files(),
                entry.routes(),
                entry.tools());
    }
}
