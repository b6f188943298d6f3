// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads in {@code /proc} who runs as whom (proc(5)). Where there is none, nobody does. */
public final class UserProcesses {
    private static final String USERS = "Uid:";
    private static final String STATE = "State:";
    /** It has ended, and whoever started it has not heard of that. */
    private static final String ENDED = "Z";

    private static final String GUARD = "/mortise-guard";

    private final Path proc;

    /** Reads that of this machine. */
    public UserProcesses() {
        this(Path.of("/proc"));
    }

    UserProcesses(Path proc) {
        this.proc = proc;
    }

    /**
     * Tells whether a process runs as this user, or one is still guarded that did. What can't be read while it is there counts as
     * one: a user is free only where that was seen.
     */
    public boolean any(int user) {
        return anyProcess(process -> runsAs(process, user) || guards(process, user));
    }

    private boolean anyProcess(Predicate<Path> wanted) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : all) {
                if (wanted.test(process)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return Files.exists(proc);
        }
    }

    private static boolean runsAs(Path process, int user) {
        try {
            List<String> lines = Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1);
            return fields(lines, USERS).contains(String.valueOf(user))
                    && !fields(lines, STATE).contains(ENDED);
        } catch (IOException e) {
            return Files.exists(process);
        }
    }

    private static List<String> fields(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .flatMap(line -> Stream.of(line.substring(name.length()).strip().split("\\s+")))
                .toList();
    }

    /**
     * Tells whether a process of this user is guarded for another container than the one whose processes have their folders here.
     * A process can give itself any command line, so it must be root's or this container's own.
     */
    public boolean guardedElsewhere(int user, Path run) {
        return anyProcess(process -> guards(process, user) && elsewhere(process, run));
    }

    private boolean elsewhere(Path process, Path run) {
        try {
            List<String> trusted = new ArrayList<>(users(proc.resolve("self")));
            trusted.add("0");
            return trusted.containsAll(users(process)) && !command(process)[2].startsWith(run + "/");
        } catch (IOException e) {
            // who can't be read may be anybody's, and would keep all users from being ended
            return false;
        }
    }

    private static List<String> users(Path process) throws IOException {
        return fields(Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1), USERS);
    }

    /** The guard of a container that was killed is about to end all processes of its user. */
    private static boolean guards(Path process, int user) {
        try {
            String[] command = command(process);
            return command.length == 6 && command[1].endsWith(GUARD) && command[4].equals(String.valueOf(user));
        } catch (IOException e) {
            return Files.exists(process);
        }
    }

    private static String[] command(Path process) throws IOException {
        return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                .split("\0", 6);
    }
}
