// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import dev.mortise.kernel.model.ConfigViolation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came of values that somebody sent: all of them are taken, or none. */
public sealed interface Sent {
    /**
     * They are good.
     *
     * @param values the new values by field
     * @param kept fields whose values stay as they are
     */
    record Taken(Map<String, Object> values, Set<String> kept) implements Sent {
        public Taken {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            kept = Set.copyOf(kept);
        }

        /** Never shows a value. */
        @Override
        public String toString() {
            return "Taken" + values.keySet() + ", kept " + kept;
        }
    }

    /** Some are not, with everything that is wrong. */
    record Refused(List<ConfigViolation> violations) implements Sent {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
