// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Set;

/**
 * A service that registered instances offer, which run elsewhere.
 *
 * @param owner the plugin that it belongs to
 * @param versions of the service that they offer
 */
public record HeldService(PluginId owner, Set<Version> versions) {
    public HeldService {
        versions = Set.copyOf(versions);
    }
}
