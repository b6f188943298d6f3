// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.host.intake.Artifact;
import org.osgi.framework.Bundle;

/** How plugin bundles are told from platform bundles: by their location. */
public final class PluginBundles {
    private static final String SCHEME = "mortise:";

    private PluginBundles() {}

    /** Answers the location of an artifact's bundle, which is its identity in the framework. */
    public static String location(Artifact artifact) {
        return SCHEME + artifact.id() + ":" + artifact.digest();
    }

    /** Tells whether a bundle is that of a plugin. */
    public static boolean isPlugin(Bundle bundle) {
        return bundle.getLocation().startsWith(SCHEME);
    }
}
