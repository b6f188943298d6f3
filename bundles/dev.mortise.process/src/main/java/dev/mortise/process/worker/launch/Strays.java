// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds processes by the folder in their environment, wherever they went: into another group or session, or to another parent.
 * A number alone tells nothing, since the system gives it again. Where there is no {@code /proc}, none are found.
 */
final class Strays {
    private static final Logger LOG = LoggerFactory.getLogger(Strays.class);
    private static final Path PROC = Path.of("/proc");

    private Strays() {}

    /** Kills every process whose home lies below a folder; answers how many. */
    static int kill(Path folder) {
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.filter(entry -> belongs(entry, folder))
                    .flatMap(entry -> handle(entry).stream())
                    .forEach(found::add);
        } catch (IOException e) {
            LOG.debug("Processes can't be listed", e);
        }
        found.forEach(ProcessHandle::destroyForcibly);
        return found.size();
    }

    private static List<ProcessHandle> handle(Path entry) {
        // it may be another one by now only if it ended between two reads of the same entry
        return ProcessHandle.of(Long.parseLong(entry.getFileName().toString())).stream()
                .toList();
    }

    private static boolean belongs(Path entry, Path folder) {
        if (!entry.getFileName().toString().matches("[0-9]+")) {
            return false;
        }
        try {
            String environment = new String(Files.readAllBytes(entry.resolve("environ")), StandardCharsets.ISO_8859_1);
            String home =
                    new String(("HOME=" + folder + "/").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return environment.startsWith(home) || environment.contains('\0' + home);
        } catch (IOException e) {
            return false; // another user's, or gone
        }
    }
}
