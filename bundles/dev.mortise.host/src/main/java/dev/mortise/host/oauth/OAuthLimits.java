// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import java.time.Duration;
import java.util.List;

/**
 * What bounds connections.
 *
 * @param deadline of an authorization server's answer
 * @param answerBytes of it
 * @param request how long one may be under way
 * @param requests of one plugin for one tenant
 * @param refreshBefore how long before its end an access token is renewed
 * @param retry how long after a renewal that failed it is tried again
 * @param redirectUris that browsers may come back by, the usual one first; empty for all
 */
public record OAuthLimits(
        Duration deadline,
        int answerBytes,
        Duration request,
        int requests,
        Duration refreshBefore,
        Duration retry,
        List<String> redirectUris) {
    public OAuthLimits {
        redirectUris = List.copyOf(redirectUris);
    }

    /** Answers how long a renewal is claimed: longer than its answer may take, and what is kept of it. */
    Duration claim() {
        return deadline.multipliedBy(2).plusSeconds(5);
    }

    /** Answers how long a caller waits for a token that has ended. */
    Duration patience() {
        return deadline.plusSeconds(2);
    }
}
