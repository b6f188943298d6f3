// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.JudgedManifests;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.worker.given.ClassPath;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Reads a plugin.json: quickly where somebody else judges it, or telling all that is wrong with it. */
final class ManifestText {
    private ManifestText() {}

    static PluginManifest read(String text, boolean judged) throws Exit {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return judged ? known(bytes) : judge(bytes);
    }

    private static PluginManifest known(byte[] bytes) throws Exit {
        try {
            return ClassPath.find(JudgedManifests.class).read(bytes);
        } catch (IllegalArgumentException e) {
            throw new Exit(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static PluginManifest judge(byte[] bytes) throws Exit {
        ManifestReader.Result result = ClassPath.find(ManifestReader.class).read(bytes);
        if (result instanceof ManifestReader.Result.Invalid invalid) {
            throw new Exit(
                    Exit.USAGE,
                    invalid.problems().stream().map(Problem::message).collect(Collectors.joining("\n")));
        }
        return ((ManifestReader.Result.Valid) result).manifest();
    }
}
