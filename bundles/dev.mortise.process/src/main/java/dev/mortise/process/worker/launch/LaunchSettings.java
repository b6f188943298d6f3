// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import dev.mortise.process.worker.user.UserChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all processes have in common.
 *
 * @param home the container's home; its parts {@code run} and {@code data/work} are used
 * @param path where programs are looked for
 * @param common variables that every process gets, asked for at each start
 * @param terminate between TERM and KILL
 * @param output what bounds their output
 * @param users as whom they run
 * @param programs what they are made of beside what plugins bring: folders and files that they read
 */
public record LaunchSettings(
        Path home,
        String path,
        Supplier<Map<String, String>> common,
        Duration terminate,
        OutputLimits output,
        UserChoice users,
        List<Path> programs) {
    public LaunchSettings {
        programs = List.copyOf(programs);
    }

    /** What bounds the output of one process. */
    public record OutputLimits(int linesPerSecond, int lineBytes) {}

    Path run() {
        return home.resolve("run");
    }

    Path work() {
        return home.resolve("data/work");
    }

    /** Answers what of their programs is there. */
    List<Path> read() {
        return programs.stream().filter(Files::exists).toList();
    }
}
