// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.SecretKeyNames;
import java.util.Set;
import java.util.TreeSet;

/** A database that knows names of keys, or is away. */
final class KnownNames implements SecretKeyNames {
    final Set<String> all = new TreeSet<>();
    boolean away;

    @Override
    public Set<String> known() {
        if (away) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is away.");
        }
        return Set.copyOf(all);
    }

    @Override
    public void remember(String name) {
        all.add(name);
    }

    @Override
    public void forget(Set<String> names) {
        all.removeAll(names);
    }
}
