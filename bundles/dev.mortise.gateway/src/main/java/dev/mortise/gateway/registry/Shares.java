// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.admin.Registry.Refused;
import dev.mortise.kernel.admin.Registry.Registration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What credentials have of all leases: one that is lost, or a program that goes wrong, fills no registry. */
final class Shares {
    private Shares() {}

    /** What looking for room came to. */
    sealed interface Room {
        /** There is room, or there is when this lease ends: its instance is silent. */
        record Free(Optional<Lease> silent) implements Room {}

        /** There is none. */
        record None(Refused refused) implements Room {}
    }

    /** Looks whether a credential may have one more. */
    static Room room(Registration order, Collection<Lease> others, int most) {
        List<Lease> own = others.stream()
                .filter(lease -> lease.order().announcer().equals(order.announcer()))
                .toList();
        if (own.size() < most) {
            return new Room.Free(Optional.empty());
        }
        Optional<Lease> silent = own.stream().filter(Lease::silent).findFirst();
        return silent.isPresent()
                ? new Room.Free(silent)
                : new Room.None(new Refused(
                        ErrorCode.CONFLICT,
                        "'%s' has %d instances registered, as many as one credential may have (registry.each). Deregister one."
                                .formatted(order.announcer(), own.size())));
    }

    /** Answers how many the credential has that has most. */
    static int largest(Collection<Lease> leases) {
        Map<String, Integer> each = new HashMap<>();
        leases.forEach(lease -> each.merge(lease.order().announcer(), 1, Integer::sum));
        return each.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
