// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.auth;

import dev.mortise.api.call.Identity;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides what identities may do, beside the permissions of endpoints. Plugins register it as a declarative service. */
@ConsumerType
@FunctionalInterface
public interface Authorizer {
    /** Judges one action; called by many threads at once. A fault counts as denial. */
    Decision decide(Identity identity, Action action);
}
