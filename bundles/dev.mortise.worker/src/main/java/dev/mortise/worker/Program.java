// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.worker.given.Options;
import java.util.List;
import java.util.Map;

/** One run of a worker: announced to a core, started by a container, or alone; answers the exit code. */
final class Program {
    private static final String PORT = "MORTISE_WORKER_PORT";

    private Program() {}

    /** Opens the plugin. */
    interface Opener {
        /**
         * Opens it.
         *
         * @param judged whether somebody else judges its plugin.json
         */
        PluginSource open(Options options, boolean judged) throws Exit;
    }

    static int run(List<String> arguments, Map<String, String> environment, Opener opener) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            Console.say(Options.USAGE);
            return 0;
        }
        try {
            run(options(arguments), environment, opener);
            return 0;
        } catch (Exit e) {
            Console.tell(String.valueOf(e.getMessage()));
            return e.code();
        } catch (InterruptedException e) {
            return Exit.FAULT;
        }
    }

    private static void run(Options options, Map<String, String> environment, Opener opener)
            throws Exit, InterruptedException {
        if (options.core().isPresent()) {
            new RemoteProcess(options, opener.open(options, true), environment).run();
        } else if (environment.containsKey(PORT)) {
            new ChildProcess(opener.open(options, true), environment).run();
        } else {
            new LoneProcess(options, opener.open(options, false), environment).run();
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
