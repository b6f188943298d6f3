// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The members that serve the same tenants. Guarded by the fleet's lock. */
final class Group {
    final Optional<String> tenant;
    final List<Member> members;

    /** Starts of these that failed; who waits sees by it that one did meanwhile. */
    int failures;

    Group(Optional<String> tenant, List<Member> members) {
        this.tenant = tenant;
        this.members = List.copyOf(members);
    }

    /** Answers the less busy of two that take calls, or null; one that misses calls only when there is no other. */
    @Nullable
    Running pick(long now) {
        List<Running> able = new ArrayList<>(members.size());
        List<Running> well = new ArrayList<>(members.size());
        for (Member member : members) {
            Running running = member.running;
            if (running != null && running.takesCalls()) {
                able.add(running);
                if (!running.ejected(now)) {
                    well.add(running);
                }
            }
        }
        return lessBusy(well.isEmpty() ? able : well);
    }

    private static @Nullable Running lessBusy(List<Running> all) {
        if (all.isEmpty()) {
            return null;
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int one = random.nextInt(all.size());
        int other = (one + 1 + random.nextInt(all.size() - 1)) % all.size();
        return all.get(one).inFlight <= all.get(other).inFlight ? all.get(one) : all.get(other);
    }

    boolean starting() {
        return members.stream().anyMatch(member -> member.start != null);
    }

    /** Tells whether calls are in none of its processes and the last one was before a moment. */
    boolean idleSince(long moment) {
        boolean any = false;
        for (Member member : members) {
            Running running = member.running;
            if (running != null) {
                any = true;
                if (running.inFlight > 0 || running.lastUse - moment >= 0) {
                    return false;
                }
            }
        }
        return any && !starting();
    }

    /** Answers why none of these takes calls. */
    String reason() {
        return members.stream()
                .map(member -> member.reason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("It is being started.");
    }
}
