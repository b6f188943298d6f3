// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.program;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Standard input, output and error of a process, whether a person sits there, and how wide a line may be.
 *
 * @param columns absent when lines may be as long as they are, as on a pipe
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, boolean interactive, Optional<Integer> columns) {

    /** Return those of this process; the start script tells whether a person sits there, and how wide it is. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                System.out,
                System.err,
                Boolean.getBoolean("mortise.terminal"),
                Optional.ofNullable(Integer.getInteger("mortise.columns")));
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
