// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Words what happened to the code of a plugin. */
final class StartProblems {
    private static final Logger LOG = LoggerFactory.getLogger(StartProblems.class);

    private StartProblems() {}

    /** Says what the code threw; the trace goes to the log, where it is handled. */
    static StartProblem thrown(PluginId plugin, Throwable failure) {
        LOG.warn("plugin={} threw while it was started", plugin, failure);
        return new StartProblem(
                "Plugin '%s' did not start: %s".formatted(plugin, words(failure)),
                "Mend the plugin, raise its version and drop the jar; the log has the whole trace.");
    }

    /** Says why a process did not start; what speaks of the plugin already is the whole sentence. */
    static String ofProcess(PluginId plugin, Throwable failure) {
        String why = words(failure);
        return why.startsWith("Plugin '" + plugin + "' ")
                ? why
                : "Plugin '" + plugin + "' did not start as a process: " + why;
    }

    /** Says in one sentence what was thrown: the cause of all. */
    static String words(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null || cause.getMessage().isBlank()
                ? cause.getClass().getName()
                : (cause instanceof MortiseException ? "" : cause.getClass().getSimpleName() + ": ")
                        + cause.getMessage().strip();
        return text.endsWith(".") ? text : text + ".";
    }

    /** Says that the start was given up before it came to an end. */
    static StartProblem unwanted(PluginId plugin) {
        return new StartProblem(
                "Plugin '%s' is no longer wanted.".formatted(plugin),
                "Run 'restart %s' if it is to run after all.".formatted(plugin));
    }

    /** Says that the code did not come back. */
    static StartProblem overrun(PluginId plugin, String what, Duration limit) {
        return new StartProblem(
                "Plugin '%s' did not come back: %s took longer than %d s.".formatted(plugin, what, limit.toSeconds()),
                "Mend the plugin, raise its version and drop the jar; the log has its threads.");
    }
}
