// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the system knows about a process, from {@code /proc} (proc(5)). */
public record ProcessFigures(long pid) {
    private static final double TICKS_PER_SECOND = 100;

    /** Answers user and system time so far, in seconds. */
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Answers the resident set, in megabytes. */
    public double residentMegabytes() throws IOException {
        return status("status", "VmRSS:") / 1024.0;
    }

    /** Answers its share of the memory: of pages that several processes have, each has a part. In megabytes. */
    public double proportionalMegabytes() throws IOException {
        return status("smaps_rollup", "Pss:") / 1024.0;
    }

    /** Answers the number of threads. */
    public int threads() throws IOException {
        return (int) status("status", "Threads:");
    }

    /** Answers the number of open file descriptors. */
    public int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) open.count();
        }
    }

    private long status(String file, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/" + file)).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
