// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells who listens on this machine, as the system says it in {@code /proc/net/tcp} (proc_pid_net(5)). */
public final class Listeners {
    private static final String LISTEN = "0A";
    /** Where a connection to 127.0.0.1 arrives: there, everywhere, and the same in the words of IPv6. */
    private static final Set<String> ADDRESSES =
            Set.of("0100007F", "00000000", "00000000000000000000000000000000", "0000000000000000FFFF00000100007F");

    private Listeners() {}

    /** Answers a user other than this one that listens at a port of loopback. */
    public static Optional<Integer> other(int port, int user) {
        return Stream.of("tcp", "tcp6")
                .flatMap(name -> lines(Path.of("/proc/net", name)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 7 && fields[3].equals(LISTEN) && isAt(fields[1], port))
                .map(fields -> Integer.parseUnsignedInt(fields[7]))
                .filter(found -> found != user)
                .findFirst();
    }

    private static boolean isAt(String place, int port) {
        String[] parts = place.split(":", 2);
        return ADDRESSES.contains(parts[0]) && parts[1].equals(String.format(Locale.ROOT, "%04X", port));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // there is no IPv6
        }
    }
}
