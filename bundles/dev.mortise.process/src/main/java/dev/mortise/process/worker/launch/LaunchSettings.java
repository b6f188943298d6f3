// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all processes have in common.
 *
 * @param data the container's folder for what it keeps; its parts {@code run} and {@code work} are used
 * @param path where programs are looked for
 * @param common variables that every process gets, asked for at each start
 * @param terminate between TERM and KILL
 * @param output what bounds their output
 */
public record LaunchSettings(
        Path data, String path, Supplier<Map<String, String>> common, Duration terminate, OutputLimits output) {
    /** What bounds the output of one process. */
    public record OutputLimits(int linesPerSecond, int lineBytes) {}

    Path run() {
        return data.resolve("run");
    }

    Path work() {
        return data.resolve("work");
    }
}
