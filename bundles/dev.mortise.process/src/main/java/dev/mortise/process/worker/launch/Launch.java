// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be started. Nothing in it is secret.
 *
 * @param command program and arguments, which no shell reads
 * @param environment all of it but what the launcher adds for every process
 * @param folder where it starts; its own home when there is none
 * @param last a file that it reads, whose path is its last argument
 * @param label by which its output is known
 * @param own whether it is a program of Mortise's that runs nothing of a plugin, as the container's user
 */
public record Launch(
        List<String> command,
        Map<String, String> environment,
        Optional<Path> folder,
        Optional<Path> last,
        OutputLabel label,
        boolean own) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A program of a plugin. */
    public static Launch of(
            List<String> command, Map<String, String> environment, Optional<Path> folder, OutputLabel label) {
        return new Launch(command, environment, folder, Optional.empty(), label, false);
    }

    /** Whose output it is: the plugin, and the tenant that its process serves alone. */
    public record OutputLabel(String plugin, Optional<String> tenant, int instance) {}
}
