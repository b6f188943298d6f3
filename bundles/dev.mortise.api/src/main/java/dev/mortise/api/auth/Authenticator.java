// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.auth;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns a request into an identity. Plugins register it as a declarative service; it runs in a context without tenant,
 * and the identity that it makes belongs to one tenant and holds no {@code mortise.} permission.
 */
@ConsumerType
@FunctionalInterface
public interface Authenticator {
    /** Judges one request; called by many threads at once. A fault lets nobody in. */
    Authentication authenticate(AuthRequest request);
}
