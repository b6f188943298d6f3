// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which prepared versions are switched in now, all at once: those whose required providers serve or are switched
 * in with them. One that would break a running plugin whose own new version is still being prepared waits for it.
 */
final class Switching {
    private final Situation situation;
    private final Planning planning;
    private final Set<Slot> switched;
    private Map<PluginIdentity, Standing> standings = Map.of();
    private Plan plan;

    private Switching(Situation situation, Planning planning) {
        this.situation = situation;
        this.planning = planning;
        this.switched = new HashSet<>(situation.prepared().keySet());
        this.plan = plan();
    }

    /** A version that is switched in or could be, and why it can't serve although it runs, if so. */
    record Standing(Artifact artifact, boolean serves, Optional<Problem> impairment) {}

    /**
     * What there is.
     *
     * @param current what is switched in and is not to leave
     * @param prepared what stands ready to be switched in
     * @param coming places with a version that is still being prepared
     */
    record Situation(Map<Slot, Standing> current, Map<Slot, Standing> prepared, Set<Slot> coming) {}

    /**
     * What is decided.
     *
     * @param switched what is switched in
     * @param unserved of all that is then switched in, what can't serve, with every reason
     */
    record Decision(List<Artifact> switched, Map<Digest, List<Problem>> unserved, Map<Digest, List<String>> warnings) {}

    static Decision decide(Situation situation, Planning planning) {
        Switching switching = new Switching(situation, planning);
        while (switching.holdBack()) {
            switching.plan = switching.plan();
        }
        return switching.decision();
    }

    private boolean holdBack() {
        Set<Slot> held = new HashSet<>();
        for (Map<PluginIdentity, List<Problem>> problems : List.of(plan.waiting(), plan.refused())) {
            problems.forEach((identity, reasons) -> {
                Standing standing = Known.get(standings, identity);
                if (isSwitched(standing)) {
                    held.addAll(places(Set.of(identity.id()), standing));
                } else if (standing.serves() && comes(standing)) {
                    reasons.forEach(reason -> held.addAll(places(Blame.mentioned(reason))));
                }
            });
        }
        return switched.removeAll(held);
    }

    private boolean isSwitched(Standing standing) {
        return switched.stream()
                .anyMatch(slot -> Known.get(situation.prepared(), slot).equals(standing));
    }

    private Set<Slot> places(Set<PluginId> plugins, Standing standing) {
        Set<Slot> places = places(plugins);
        places.removeIf(slot -> !standing.equals(situation.prepared().get(slot)));
        return places;
    }

    private Set<Slot> places(Set<PluginId> plugins) {
        Set<Slot> places = new HashSet<>(switched);
        places.removeIf(slot -> !plugins.contains(slot.id()));
        return places;
    }

    private boolean comes(Standing standing) {
        return situation.current().entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().equals(standing) && situation.coming().contains(entry.getKey()));
    }

    private Plan plan() {
        Map<Slot, Standing> next = new TreeMap<>(situation.current());
        switched.forEach(slot -> next.put(slot, Known.get(situation.prepared(), slot)));
        standings = new LinkedHashMap<>();
        next.values().forEach(standing -> standings.put(standing.artifact().identity(), standing));
        return planning.plan(standings.values().stream()
                .map(standing -> new Candidate(
                        standing.artifact().manifest(), standing.artifact().digest(), standing.impairment()))
                .toList());
    }

    private Decision decision() {
        Map<Digest, List<Problem>> unserved = new HashMap<>();
        plan.waiting().forEach((identity, problems) -> unserved.put(digest(identity), problems));
        plan.refused().forEach((identity, problems) -> unserved.put(digest(identity), problems));
        Map<Digest, List<String>> warnings = new HashMap<>();
        plan.warnings().forEach((identity, texts) -> warnings.put(digest(identity), texts));
        return new Decision(
                switched.stream()
                        .sorted()
                        .map(slot -> Known.get(situation.prepared(), slot).artifact())
                        .toList(),
                unserved,
                warnings);
    }

    private Digest digest(PluginIdentity identity) {
        return Known.get(standings, identity).artifact().digest();
    }
}
