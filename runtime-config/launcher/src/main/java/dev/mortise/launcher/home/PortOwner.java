// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The process that listens on a port, as far as the proc file system shows it. */
public record PortOwner(long pid, String name) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    /** Return the process that listens on a port, unless it is hidden from this user. */
    public static Optional<PortOwner> find(int port) {
        Set<String> sockets = Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(PROC.resolve("net").resolve(table)).stream())
                .flatMap(line -> listeningInode(line, port).stream())
                .map(inode -> "socket:[" + inode + "]")
                .collect(Collectors.toSet());
        return processes().stream()
                .filter(process -> holdsOneOf(sockets, process))
                .findFirst()
                .map(process ->
                        new PortOwner(Long.parseLong(process.getFileName().toString()), name(process)));
    }

    /** Return the inode of a line of a socket table when it listens on the port. */
    static Optional<String> listeningInode(String line, int port) {
        String[] columns = line.strip().split("\\s+");
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        boolean listens = columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTEN);
        return listens ? Optional.of(columns[9]) : Optional.empty();
    }

    private static boolean holdsOneOf(Set<String> sockets, Path process) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException | UncheckedIOException hiddenOrGone) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static List<Path> processes() {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .toList();
        } catch (IOException noProcFileSystem) {
            return List.of();
        }
    }

    private static String name(Path process) {
        List<String> lines = lines(process.resolve("comm"));
        return lines.isEmpty() ? "unknown" : lines.get(0);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException hiddenOrGone) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return "pid " + pid + " (" + name + ")";
    }
}
