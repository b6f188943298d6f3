// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.program;

import java.io.InputStream;
import java.io.PrintStream;

/** Standard input, output and error of a process, and whether a person sits there. */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {

    /** Return those of this process; the start script tells whether a person sits there. */
    public static Terminal ofProcess() {
        return new Terminal(System.in, System.out, System.err, Boolean.getBoolean("mortise.terminal"));
    }

    /** Print a line that the caller asked for. */
    public void say(String line) {
        out.println(line);
    }

    /** Print a line about the work itself. */
    public void tell(String line) {
        err.println(line);
    }
}
