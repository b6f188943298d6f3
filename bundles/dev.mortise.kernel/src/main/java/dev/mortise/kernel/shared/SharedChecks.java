// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.model.SharedName;
import dev.mortise.kernel.model.WholeText;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What every store refuses before it looks at what is there. */
public final class SharedChecks {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private SharedChecks() {}

    /**
     * Checks that what is listed are keys and owners.
     *
     * @throws dev.mortise.api.error.MortiseException VALIDATION_FAILED
     */
    public static void check(SharedFilter filter) {
        for (String key : List.of(filter.prefix(), filter.after())) {
            if (!key.isEmpty()) {
                SharedName.check("key", key);
            }
        }
        filter.owner().ifPresent(owner -> SharedName.check("owner", owner));
    }

    /** Answers why a value with so many bytes is not written. */
    public static Optional<Refused> refusal(Place key, Write write, int bytes, int mostBytes) {
        return refusal(key, bytes, mostBytes, write.ttl()).or(() -> WholeText.objection(write.json())
                .map(why ->
                        new Refused(ErrorCode.VALIDATION_FAILED, "The value of a key of shared data " + why + ".")));
    }

    /** Answers why a value of so many bytes, with this time to live, is not written. */
    public static Optional<Refused> refusal(Place key, int bytes, int mostBytes, Optional<Duration> ttl) {
        if (bytes > mostBytes) {
            return Optional.of(SharedRefusals.tooLarge(key, bytes, mostBytes));
        }
        return ttl.filter(time -> time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0)
                .map(SharedRefusals::noTime);
    }
}
