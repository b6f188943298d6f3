// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import dev.mortise.process.worker.user.HeldUser;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process has on this machine while it is there: a folder, and perhaps a user. */
record Stay(RunFolder folder, Optional<HeldUser> user, Users users, GuardScript scripts) {
    private static final Logger LOG = LoggerFactory.getLogger(Stay.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 10;

    /** Ends whatever it left behind, and takes all back. A user that can't be emptied is given to nobody any more. */
    void end() {
        if (user.isEmpty()) {
            Strays.kill(folder.path());
        } else if (!emptied(user.get().number(), users, scripts)) {
            LOG.error(
                    "Processes of user {} can't be ended, so nobody gets that one again",
                    user.get().number());
            return;
        }
        folder.delete();
        user.ifPresent(HeldUser::close);
    }

    /** Ends all processes of a user; tells whether none is left. */
    static boolean emptied(int user, Users users, GuardScript scripts) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (users.any(user)) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                endAll(user, scripts);
                Thread.sleep(PAUSE_MILLIS);
            }
            return true;
        } catch (IOException e) {
            LOG.warn("Processes of user {} can't be ended: {}", user, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** All at once, by that user itself, who has no rights to end anybody else. */
    private static void endAll(int number, GuardScript scripts) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(scripts.as(number, List.of("sh", "-c", "kill -KILL -1")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", scripts.path());
        Process ending = builder.start();
        if (!ending.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            ending.destroyForcibly();
        }
    }
}
