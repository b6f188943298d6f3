// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.feature;

import java.util.List;

/** What one container consists of: its features merged, and the plugins that a new home begins with. */
public record Edition(String name, List<String> features, List<EditionBundle> bundles, List<Artifact> plugins) {

    public Edition {
        features = List.copyOf(features);
        bundles = List.copyOf(bundles);
        plugins = List.copyOf(plugins);
    }
}
