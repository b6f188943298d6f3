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
            ended += folder.otherUser().map(user -> end(folder, user)).orElse(0);
        }
        if (ended > 0) {
            LOG.warn("{} processes of an earlier run were still there and have been ended", ended);
        }
        RunFolder.delete(run);
    }

    private int end(RunFolder folder, int user) {
        Optional<HeldUser> held = users.takeLeft(user);
        if (held.isEmpty() && users.elsewhere(user, run)) {
            return 0; // another container has given it meanwhile: it is not that process's any more
        }
        int ended = users.any(user) ? 1 : 0;
        if (held.isPresent()) {
            new Stay(folder, held, users, scripts.get()).end();
        } else if (!Stay.emptied(user, users, scripts.get())) {
            // the claim to a user is a port, which the process can take when the container that had it is gone
            LOG.error("Processes of user {} that an earlier run left can't be ended", user);
        }
        return ended;
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
