// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Container;
import java.io.IOException;

/** The shell of a container that was started with {@code --shell}, over the pipe of its standard input. */
final class PipedShell {
    private static final String PROMPT = "mortise> ";

    private final Container container;
    private int count;

    PipedShell(Container container) {
        this.container = container;
    }

    /** Types a command and answers what it printed, up to the next prompt. */
    String type(String command) throws IOException {
        String end = "end-of-" + ++count;
        int from = container.output().length();
        container.type(command);
        container.type("echo " + end);
        Wait.until("the answer of '" + command + "'", () -> container.output().indexOf(end, from) >= 0);
        String answer = container.output().substring(from);
        return answer.substring(0, answer.indexOf(end)).replace(PROMPT, "").strip();
    }
}
