// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL processes that work in a data directory, whoever started them. Each has it as its working directory; a
 * process id alone says nothing, because numbers are used again.
 */
final class ServerProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcesses.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Path cluster;

    ServerProcesses(Path cluster) {
        this.cluster = cluster;
    }

    /** Ends what an earlier container left behind: first in order, then by force. Afterwards no process is left. */
    void end() throws IOException, InterruptedException {
        List<ProcessHandle> left = find();
        if (left.isEmpty()) {
            return;
        }
        LOG.warn("Ending {} PostgreSQL processes that an earlier container left in {}", left.size(), cluster);
        askPostmaster(left);
        if (!goneWithin(LIMIT)) {
            find().forEach(ProcessHandle::destroyForcibly);
            goneWithin(LIMIT);
        }
    }

    List<ProcessHandle> find() {
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    private boolean worksHere(ProcessHandle process) {
        Path entry = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return Files.readSymbolicLink(entry.resolve("cwd")).equals(cluster)
                    && Files.readSymbolicLink(entry.resolve("exe")).toString().matches(".*/postgres( \\(deleted\\))?");
        } catch (IOException e) {
            // it ended meanwhile, or belongs to somebody else
            return false;
        }
    }

    private void askPostmaster(List<ProcessHandle> left) throws IOException, InterruptedException {
        Path file = cluster.resolve("postmaster.pid");
        String pid =
                Files.exists(file) ? Files.readString(file).lines().findFirst().orElse("") : "";
        for (ProcessHandle process : left) {
            if (String.valueOf(process.pid()).equals(pid)) {
                Command.run(LIMIT, List.of("kill", "-INT", pid));
            }
        }
    }

    private boolean goneWithin(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!find().isEmpty()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
