// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.Identity;

/** Says who calls and what they may do. Implemented by security, used by the gateway; without it every call is 401. */
public interface AccessControl {
    /** Asks the core's tokens, then the plugins' authenticators; NoOpinion means that nobody knew the credential. */
    Authentication authenticate(AuthRequest request);

    /** Checks the permissions of the action and asks the plugins' authorizers: one denial is enough. */
    Decision authorize(Identity identity, Action action);
}
