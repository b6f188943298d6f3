// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import java.util.List;

/** The entry point of a worker: one plugin jar in this process, started by the container, by a person or by a machine. */
public final class Main {
    private Main() {}

    /** Runs one plugin and ends the process with its exit code. */
    public static void main(String[] words) {
        System.exit(Program.run(
                List.of(words),
                System.getenv(),
                (options, judged) -> JarSource.open(
                        options.plugin()
                                .orElseThrow(() -> new Exit(
                                        Exit.USAGE,
                                        "Option '--plugin' is missing: which plugin is to run? 'mortise worker --help' lists"
                                                + " what there is.")),
                        System.getenv(),
                        judged)));
    }
}
