// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Debian's PostgreSQL 15, the oldest that Mortise works with, in place of the one that it brings. */
final class OldestServer {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");

    private OldestServer() {}

    /** Answers the variables that let a container run it; where it is not installed, none. */
    static Map<String, String> environment() {
        return Files.isExecutable(PROGRAMS.resolve("bin/postgres"))
                ? Map.of("MORTISE_POSTGRES_EMBEDDED_PROGRAMS", PROGRAMS.toString())
                : Map.of();
    }
}
