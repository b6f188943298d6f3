// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import dev.mortise.process.worker.user.HeldUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier container of this home left in the folder of its processes. */
record Leftovers(Path run, Users users, Supplier<GuardScript> scripts) {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** Ends the processes and deletes the folder. */
    void end() {
        int ended = Strays.kill(run);
        for (RunFolder folder : folders()) {
            // one that another container has given meanwhile is not that process's any more
            Optional<HeldUser> user = folder.otherUser().flatMap(users::takeLeft);
            ended += user.filter(users::any).isPresent() ? 1 : 0;
            user.ifPresent(held -> new Stay(folder, user, users, scripts.get()).end());
        }
        if (ended > 0) {
            LOG.warn("{} processes of an earlier run were still there and have been ended", ended);
        }
        RunFolder.delete(run);
    }

    private List<RunFolder> folders() {
        try (Stream<Path> all = Files.list(run)) {
            return all.filter(Files::isDirectory)
                    .map(folder -> new RunFolder(folder, Optional.empty()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
