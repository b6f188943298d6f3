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
        } else if (!emptied(user.get())) {
            LOG.error(
                    "Processes of user {} can't be ended, so nobody gets that one again",
                    user.get().number());
            return;
        }
        folder.delete();
        user.ifPresent(HeldUser::close);
    }

    private boolean emptied(HeldUser held) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (users.any(held)) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                endAll(held.number());
                Thread.sleep(PAUSE_MILLIS);
            }
            return true;
        } catch (IOException e) {
            LOG.warn("Processes of user {} can't be ended: {}", held.number(), e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** All at once, by that user itself, who has no rights to end anybody else. */
    private void endAll(int number) throws IOException, InterruptedException {
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
