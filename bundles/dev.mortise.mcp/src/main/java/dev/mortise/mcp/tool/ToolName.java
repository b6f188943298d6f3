// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.kernel.model.PluginId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How tools are called by clients: {@code <plugin>_<tool>}. Only what every model takes stands in it: letters, digits,
 * {@code _} and {@code -}, 64 of them. An id of a plugin has no {@code _}, so a name tells whose it is.
 */
final class ToolName {
    private static final int LONGEST = 64;
    private static final int DIGITS = 8;

    private ToolName() {}

    /** Answers the name of a plugin's tool; of one that is too long its begin and what tells it from others. */
    static String of(PluginId plugin, String tool) {
        String whole = plugin + "_" + tool;
        String name = whole.replaceAll("[^a-zA-Z0-9_-]", "_");
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - DIGITS - 1) + "_" + digits(whole);
    }

    /** Answers whose tool it would be. */
    static Optional<PluginId> plugin(String name) {
        int end = name.indexOf('_');
        return Optional.of(end < 0 ? "" : name.substring(0, end))
                .filter(PluginId::valid)
                .map(PluginId::new);
    }

    private static String digits(String whole) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
