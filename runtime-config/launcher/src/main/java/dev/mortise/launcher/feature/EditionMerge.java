// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.feature;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;

/** Joins the bundles of several features; each bundle comes once and in one version. */
final class EditionMerge {
    static final String START_ORDER = "start-order";

    private final Map<String, EditionBundle> bundles = new LinkedHashMap<>();

    void add(Feature feature) {
        feature.getBundles().forEach(bundle -> add(feature, bundle));
    }

    private void add(Feature feature, FeatureBundle bundle) {
        Artifact artifact = Artifact.of(bundle.getID());
        EditionBundle added = new EditionBundle(artifact, startLevel(feature, bundle));
        EditionBundle known = bundles.putIfAbsent(artifact.group() + ":" + artifact.name(), added);
        if (known != null && !known.equals(added)) {
            throw failure("Feature '" + name(feature) + "' lists " + artifact + " at start order " + added.startLevel()
                    + ", but " + known.artifact() + " is listed at " + known.startLevel() + " already.");
        }
    }

    private static int startLevel(Feature feature, FeatureBundle bundle) {
        Object order = bundle.getMetadata().get(START_ORDER);
        if (order instanceof Long level) {
            return Math.toIntExact(level);
        }
        throw failure("Bundle '" + bundle.getID() + "' of feature '" + name(feature) + "' has no whole number as '"
                + START_ORDER + "'.");
    }

    private static String name(Feature feature) {
        return feature.getID().getArtifactId();
    }

    private static LaunchFailure failure(String sentence) {
        return new LaunchFailure(ExitCode.FAULT, sentence + " Mend the feature file.");
    }

    List<EditionBundle> bundles() {
        return new ArrayList<>(bundles.values());
    }
}
