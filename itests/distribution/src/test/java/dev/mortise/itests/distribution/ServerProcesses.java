// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.nio.file.Path;
import java.util.List;

/** The processes of the embedded PostgreSQL server of a home. */
final class ServerProcesses {
    private ServerProcesses() {}

    /** Answers the command lines of living processes that name the home's cluster. */
    static List<String> in(Path home) {
        String cluster = home.resolve("data/postgres").toString();
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains("postgres") && line.contains(cluster))
                .toList();
    }
}
