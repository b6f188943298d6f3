// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.port.AccessControl;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Establishes who calls. Without anybody to ask, everybody is refused, unless the operator has switched that off. */
final class Doorkeeper {
    /** Every caller without credential while authentication is off. */
    static final Identity EVERYBODY =
            new Identity(PrincipalKind.ANONYMOUS, "everybody", Optional.empty(), true, Optional.empty(), Set.of("*"));

    private static final Admission.Caller ANYBODY = new Admission.Caller(EVERYBODY, Optional.empty());

    private static final String CHALLENGE = "Bearer realm=\"mortise\"";

    private final Neighbours neighbours;
    private final TenantGate tenants;
    private final boolean off;

    Doorkeeper(Neighbours neighbours, boolean off) {
        this.neighbours = neighbours;
        this.tenants = new TenantGate(neighbours);
        this.off = off;
    }

    /**
     * Asks who calls and for which tenant.
     *
     * @param known told who calls before he is asked for his tenant, which may be refused him
     */
    Admission admit(AuthRequest request, boolean tenantNeeded, Consumer<Admission.Caller> known) {
        Admission admission = authenticate(request);
        if (admission instanceof Admission.Caller caller) {
            known.accept(caller);
            return tenants.admit(caller.identity(), request.headers(), tenantNeeded);
        }
        return admission;
    }

    /** Asks on whose behalf a plugin calls that was admitted. */
    Admission acting(Admission.Caller caller, Headers headers) {
        return new OnBehalf(neighbours).judge(caller, headers);
    }

    /** Answers who brings a credential along that is good. */
    Optional<Identity> known(AuthRequest request) {
        return request.headers().first("Authorization").isPresent()
                        && authenticate(request) instanceof Admission.Caller caller
                ? Optional.of(caller.identity())
                : Optional.empty();
    }

    private Admission authenticate(AuthRequest request) {
        boolean credential = request.headers().first("Authorization").isPresent();
        AccessControl access = neighbours.access();
        if (off && (!credential || access == null)) {
            return ANYBODY;
        }
        if (access == null) {
            return refused(
                    ErrorCode.UNAUTHENTICATED,
                    "Nobody can say who calls: this Mortise runs without the security feature. Start an edition that"
                            + " has it.");
        }
        return judged(access.authenticate(request), credential);
    }

    private static Admission judged(Authentication authentication, boolean credential) {
        if (authentication instanceof Authentication.Authenticated authenticated) {
            return new Admission.Caller(authenticated.identity(), Optional.empty());
        }
        if (authentication instanceof Authentication.Refused refused) {
            return refused(code(refused.reason()), refused.detail());
        }
        return credential
                ? refused(ErrorCode.CREDENTIALS_INVALID, "Nobody here knows this credential.")
                : refused(ErrorCode.UNAUTHENTICATED, "This address needs a credential: Authorization: Bearer <token>.");
    }

    private static ErrorCode code(Reason reason) {
        return switch (reason) {
            case NO_CREDENTIALS -> ErrorCode.UNAUTHENTICATED;
            case INVALID -> ErrorCode.CREDENTIALS_INVALID;
            case EXPIRED -> ErrorCode.CREDENTIALS_EXPIRED;
        };
    }

    // RFC 6750, section 3: no error code for a request without credential, invalid_token for a bad or expired one.
    private static Refusal refused(ErrorCode code, String detail) {
        String challenge = code == ErrorCode.UNAUTHENTICATED ? CHALLENGE : CHALLENGE + ", error=\"invalid_token\"";
        return Refusal.of(code, detail).with("WWW-Authenticate", challenge);
    }
}
