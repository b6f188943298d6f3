// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import java.util.Map;

/** Says how processes ended. */
final class Ends {
    private static final int NOT_FOUND = 127;
    private static final int SIGNALLED = 128;
    private static final int LINE = 300;
    private static final Map<Integer, String> SIGNALS =
            Map.of(2, "SIGINT", 6, "SIGABRT", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    private Ends() {}

    /** Answers a sentence of an exit status and what was written last. */
    static String sentence(int status, String lastLine) {
        String end = status > SIGNALLED
                ? "It was ended by " + SIGNALS.getOrDefault(status - SIGNALLED, "signal " + (status - SIGNALLED)) + "."
                : "It ended with " + status + (status == NOT_FOUND ? " (its program was not found)" : "") + ".";
        if (lastLine.isEmpty()) {
            return end;
        }
        String line = lastLine.length() > LINE ? lastLine.substring(0, LINE) + "…" : lastLine;
        return end + " Its last line: " + line;
    }
}
