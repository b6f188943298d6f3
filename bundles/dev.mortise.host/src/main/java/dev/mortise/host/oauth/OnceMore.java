// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.function.Supplier;

/** Writes what is, done twice, as done once: the database may have done it and be cut off before it said so. */
final class OnceMore {
    private OnceMore() {}

    /** Answers what came of it at the first or the second try. */
    static <T> T write(Supplier<T> write) {
        try {
            return write.get();
        } catch (MortiseException first) {
            if (!first.code().equals(ErrorCode.SERVICE_UNAVAILABLE)) {
                throw first;
            }
            return write.get();
        }
    }
}
