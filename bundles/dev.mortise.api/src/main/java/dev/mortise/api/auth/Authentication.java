// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.auth;

import dev.mortise.api.call.Identity;
import java.util.Objects;

/** What an authenticator says of a request. */
public sealed interface Authentication {
    /** The request comes from this identity. */
    record Authenticated(Identity identity) implements Authentication {
        public Authenticated {
            Objects.requireNonNull(identity, "identity is null");
        }
    }

    /** The request carries nothing that this authenticator knows; others are asked. */
    record NoOpinion() implements Authentication {}

    /** The request carries a credential of this authenticator's kind that is not good. Nobody else is asked. */
    record Refused(Reason reason, String detail) implements Authentication {
        public Refused {
            Objects.requireNonNull(reason, "reason is null");
            Objects.requireNonNull(detail, "detail is null");
        }
    }

    /** Why a credential is refused. */
    enum Reason {
        NO_CREDENTIALS,
        INVALID,
        EXPIRED
    }

    /** Says that the request comes from the identity. */
    static Authentication authenticated(Identity identity) {
        return new Authenticated(identity);
    }

    /** Says nothing. */
    static Authentication noOpinion() {
        return new NoOpinion();
    }

    /** Refuses the credential; the detail is told to the caller and holds no secret. */
    static Authentication refused(Reason reason, String detail) {
        return new Refused(reason, detail);
    }
}
