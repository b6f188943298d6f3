// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem.IntakeProblem;

/** Words that the bytes of something that is wanted are lost, which is no fault of the plugin. */
public final class LostBytes {
    private LostBytes() {}

    /** Says that nobody has them. */
    public static IntakeProblem nowhere(PluginIdentity plugin, Digest digest) {
        return problem(plugin, digest, "are neither in data/store nor in the database");
    }

    /** Says that they can't be had now. */
    public static IntakeProblem unreadable(PluginIdentity plugin, Digest digest, Exception why) {
        return problem(plugin, digest, "can't be read: " + why.toString().replaceFirst("\\.$", ""));
    }

    /** Says that they are not in the store, and that whoever has them can't be asked now. */
    public static IntakeProblem outOfReach(PluginIdentity plugin, Digest digest, String why) {
        return problem(
                plugin, digest, "are not in data/store, and can't be fetched now: " + why.replaceFirst("\\.$", ""));
    }

    private static IntakeProblem problem(PluginIdentity plugin, Digest digest, String how) {
        String remedy = "Deploy it again, or run 'uninstall " + plugin.id() + "'.";
        return new IntakeProblem(
                "The bytes of %s (sha256 %s…) %s. %s".formatted(plugin, digest.shortHex(), how, remedy), remedy);
    }
}
