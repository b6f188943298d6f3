// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.process.worker.user.UserChoice;
import dev.mortise.process.worker.user.UserRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What is said where processes can't be users of their own. */
@EnabledIf(
        value = "dev.mortise.process.worker.UsersTest#isRoot",
        disabledReason = "Only root, or whoever has its capabilities, starts processes as other users.")
class UserTrialTest {
    private static final String PATH = "/usr/bin:/bin";

    @TempDir
    private Path home;

    @Test
    void saysThatItCannotBeTriedWhereNoFolderCanBeMade() throws Exception {
        Files.createFile(home.resolve("run"));
        UserRange range = new UserRange(64_730, 64_731);
        LaunchSettings settings = new LaunchSettings(
                home,
                PATH,
                Map::of,
                Duration.ofSeconds(1),
                new LaunchSettings.OutputLimits(1, 1),
                new UserChoice.Numbers(range),
                List.of());
        UserTrial trial = new UserTrial(settings, () -> GuardScript.in(home.resolve("guard"), PATH));

        assertThat(trial.problem(range).orElseThrow())
                .startsWith("that can't be tried: The folder of a process can't be made: ");
    }
}
