// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a container must be allowed so that its processes may be other users (capabilities(7)), and what it is. */
public final class Capabilities {
    private static final Map<Integer, String> NEEDED = new TreeMap<>(Map.of(
            0, "CAP_CHOWN",
            1, "CAP_DAC_OVERRIDE",
            3, "CAP_FOWNER",
            5, "CAP_KILL",
            6, "CAP_SETGID",
            7, "CAP_SETUID",
            8, "CAP_SETPCAP"));
    private static final String EFFECTIVE = "CapEff:";

    private Capabilities() {}

    /** Answers all that are needed, as in a unit of systemd. */
    public static String needed() {
        return String.join(" ", NEEDED.values());
    }

    /** Answers which of them a process lacks: all of them, where the system does not tell. */
    public static List<String> missing(Path status) {
        BigInteger held = held(status);
        return NEEDED.entrySet().stream()
                .filter(one -> !held.testBit(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static BigInteger held(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(EFFECTIVE))
                    .map(line ->
                            new BigInteger(line.substring(EFFECTIVE.length()).strip(), 16))
                    .findFirst()
                    .orElse(BigInteger.ZERO);
        } catch (IOException e) {
            return BigInteger.ZERO;
        }
    }
}
