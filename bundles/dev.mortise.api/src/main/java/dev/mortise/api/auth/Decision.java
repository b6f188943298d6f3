// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.auth;

import java.util.Objects;

/** What an authorizer says of an action. One denial is enough. The permissions of the endpoint
 * must be held whatever authorizers say. */
public sealed interface Decision {
    /** The action may be done, as far as this authorizer is concerned. */
    record Allow() implements Decision {}

    /** The action must not be done; the reason is told to the caller. */
    record Deny(String reason) implements Decision {
        public Deny {
            Objects.requireNonNull(reason, "reason is null");
        }
    }

    /** This authorizer has no say. */
    record Abstain() implements Decision {}

    /** Allows. */
    static Decision allow() {
        return new Allow();
    }

    /** Denies, with the reason. */
    static Decision deny(String reason) {
        return new Deny(reason);
    }

    /** Has no say. */
    static Decision abstain() {
        return new Abstain();
    }
}
