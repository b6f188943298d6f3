// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import dev.mortise.launcher.program.Distribution;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.Terminal;
import java.io.IOException;

/** The command demo: a report from data of three plugins, in a home that is gone afterwards. */
public record Demo(Distribution distribution, Terminal terminal) {

    /** Run the demonstration, and leave neither process nor home behind, however it ends. */
    public ExitCode execute() throws InterruptedException, IOException {
        DemoStage stage = new DemoStage(distribution);
        Thread sweeper = new Thread(stage::close, "mortise-demo-sweeper");
        Runtime.getRuntime().addShutdownHook(sweeper);
        try (stage) {
            return perform(stage);
        }
    }

    private ExitCode perform(DemoStage stage) throws InterruptedException, IOException {
        try {
            terminal.say(DemoClient.pretty(stage.open(terminal::tell).tell()));
            terminal.tell("Stopping; nothing stays behind.");
            return ExitCode.DONE;
        } catch (DemoFailure e) {
            stage.ifOpen(() -> {
                terminal.tell("The demonstration failed. " + e.getMessage());
                stage.lastWords().forEach(line -> terminal.tell("  | " + line));
            });
            return ExitCode.PROBLEMS;
        }
    }
}
