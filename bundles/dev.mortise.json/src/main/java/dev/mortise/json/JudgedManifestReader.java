// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.JudgedManifests;

/** Reads {@code plugin.json} without its schema, which costs a process that starts a third of a second. */
public final class JudgedManifestReader implements JudgedManifests {
    @Override
    public PluginManifest read(byte[] document) {
        ManifestText.Result result = new ManifestText().read(document);
        if (result instanceof ManifestText.Result.Garbage garbage) {
            throw new IllegalArgumentException(garbage.problem().message());
        }
        ManifestText.Result.Document good = (ManifestText.Result.Document) result;
        return ManifestMapping.of(good.node(), good.compact());
    }
}
