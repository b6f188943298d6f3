// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.worker.given.Options;
import java.util.List;
import java.util.Map;

/** The entry point of a worker: one plugin jar in this process, started by the container, by a person or by a machine. */
public final class Main {
    private static final String PORT = "MORTISE_WORKER_PORT";

    private Main() {}

    /** Runs one plugin and ends the process with its exit code. */
    public static void main(String[] words) {
        List<String> arguments = List.of(words);
        if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
            System.out.println(Options.USAGE);
            System.exit(0);
        }
        System.exit(run(arguments, System.getenv()));
    }

    private static int run(List<String> arguments, Map<String, String> environment) {
        try {
            Options options = options(arguments);
            boolean child = options.core().isEmpty() && environment.containsKey(PORT);
            if (child) {
                new ChildProcess(options, environment).run();
            } else {
                throw new Exit(Exit.USAGE, "not yet");
            }
            return 0;
        } catch (Exit e) {
            System.err.println(e.getMessage());
            return e.code();
        } catch (InterruptedException e) {
            return Exit.FAULT;
        }
    }

    private static Options options(List<String> arguments) throws Exit {
        try {
            return Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new Exit(Exit.USAGE, e.getMessage() + " 'mortise worker --help' lists what there is.");
        }
    }
}
