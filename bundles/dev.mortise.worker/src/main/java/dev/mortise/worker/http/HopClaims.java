// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.call.Identity;
import java.util.Optional;

/**
 * What the token of a call says, verified.
 *
 * @param identity on whose behalf
 * @param tenant whose data
 * @param caller the calling plugin
 * @param hop the hops that lie behind it
 */
record HopClaims(Identity identity, Optional<String> tenant, Optional<String> caller, String requestId, int hop) {}
