// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Stale;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is answered about shared data. */
final class SharedAnswer {
    private SharedAnswer() {}

    /**
     * One value.
     *
     * @param key only where several are listed
     */
    record Value(Optional<String> key, JsonText value, long version, String ownerId, Optional<Instant> expiresAt) {
        static Value of(Stored stored) {
            return made(stored, Optional.empty());
        }

        static Value listed(Stored stored) {
            return made(stored, Optional.of(stored.key()));
        }

        private static Value made(Stored stored, Optional<String> key) {
            return new Value(key, new JsonText(stored.json()), stored.version(), stored.owner(), stored.expiresAt());
        }
    }

    /** Answers what was done, or throws why it was not. */
    static Done done(Place place, Outcome outcome) {
        if (outcome instanceof Refused refused) {
            throw refused.exception();
        }
        if (outcome instanceof Stale stale) {
            throw new MortiseException(
                    ErrorCode.CONFLICT,
                    stale.version() == 0
                            ? "Key '" + place.name() + "' is not there. Expect version 0 to make it."
                            : "Key '" + place.name() + "' has version " + stale.version()
                                    + ". Read it again, and set it if that is still right.",
                    Map.of("version", stale.version()));
        }
        return (Done) outcome;
    }

    static MortiseException notFound(Place place) {
        return new MortiseException(
                ErrorCode.NOT_FOUND,
                "There is no key '" + place.name() + "' in namespace '"
                        + place.space().namespace() + "' of tenant '"
                        + place.space().tenant() + "'.");
    }
}
