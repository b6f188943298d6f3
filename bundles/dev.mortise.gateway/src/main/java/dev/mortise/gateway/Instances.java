// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.gateway.guard.RetryBudget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a service that a need admits, best first: HEALTHY before DEGRADED, the higher version before the lower
 * one, the nearer before the farther one. Among equals the one of two random ones with less in flight is called.
 */
final class Instances {
    private final List<ServiceMount> inRange;
    private final RetryBudget budget;

    Instances(List<ServiceMount> inRange, RetryBudget budget) {
        this.inRange = List.copyOf(inRange);
        this.budget = budget;
    }

    /** Answers the one that was seen last, whether it serves or not; the best one of several. */
    @Nullable
    ServiceMount lastSeen(String tenant) {
        ServiceMount last = null;
        for (ServiceMount mount : inRange) {
            if (mount.place().serves(tenant) && (last == null || seen(mount).isAfter(seen(last)))) {
                last = mount;
            }
        }
        return last;
    }

    private static Instant seen(ServiceMount mount) {
        return mount.serves() ? Instant.MAX : mount.plugin().seen().orElse(Instant.MIN);
    }

    /** Answers what bounds the retries of calls. */
    RetryBudget budget() {
        return budget;
    }

    /** Answers the instance that takes the call, or null when none does. */
    @Nullable
    ServiceMount choose(String tenant, Tries tries) {
        if (inRange.size() == 1) {
            ServiceMount only = inRange.get(0);
            return takes(only, tenant, tries) ? only : null;
        }
        if (tries.none()) {
            budget.earn();
        }
        ServiceMount chosen = choose(tenant, tries, true);
        // Somebody who fails is better than nobody: the last one is never left out.
        return chosen != null ? chosen : choose(tenant, tries, false);
    }

    /** Tells whether an instance is left that could take the call. */
    boolean another(String tenant, Tries tries) {
        return inRange.stream().anyMatch(mount -> takes(mount, tenant, tries));
    }

    private @Nullable ServiceMount choose(String tenant, Tries tries, boolean strict) {
        ServiceMount best = null;
        List<ServiceMount> equals = List.of();
        long now = System.nanoTime();
        for (ServiceMount mount : inRange) {
            if (best != null && ServiceMount.RANK.compare(best, mount) != 0) {
                break;
            }
            if (takes(mount, tenant, tries)
                    && !(strict && mount.plugin().owner().stay().outlier().out(now))) {
                if (best == null) {
                    best = mount;
                } else {
                    equals = equals.isEmpty() ? new ArrayList<>(List.of(best)) : equals;
                    equals.add(mount);
                }
            }
        }
        return equals.isEmpty() ? best : lessBusy(equals);
    }

    private static boolean takes(ServiceMount mount, String tenant, Tries tries) {
        return mount.serves() && mount.place().serves(tenant) && !tries.had(mount);
    }

    private static ServiceMount lessBusy(List<ServiceMount> equals) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int one = random.nextInt(equals.size());
        int other = (one + 1 + random.nextInt(equals.size() - 1)) % equals.size();
        ServiceMount first = equals.get(one);
        ServiceMount second = equals.get(other);
        return running(second) < running(first) ? second : first;
    }

    private static long running(ServiceMount mount) {
        return mount.plugin().owner().traffic().running();
    }
}
