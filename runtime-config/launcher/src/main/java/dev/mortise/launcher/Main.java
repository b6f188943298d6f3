// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.demo.Demo;
import dev.mortise.launcher.log.Logging;
import dev.mortise.launcher.program.Distribution;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import dev.mortise.launcher.program.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The entry point of Mortise. */
public final class Main {
    private final Map<String, String> environment;
    private final Terminal terminal;

    Main(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    /** Run one command and end the process with its exit code. */
    public static void main(String[] words) {
        ExitCode code = new Main(System.getenv(), Terminal.ofProcess()).execute(List.of(words));
        Logging.flush();
        System.exit(code.number());
    }

    ExitCode execute(List<String> words) {
        try {
            return execute(Arguments.parse(words));
        } catch (LaunchFailure e) {
            terminal.tell(e.sentence());
            return e.exitCode();
        } catch (InterruptedException | IOException | RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("Mortise ends", e);
            terminal.tell("Mortise ends because of a fault: " + e);
            return ExitCode.FAULT;
        }
    }

    private ExitCode execute(Command command) throws InterruptedException, IOException {
        if (command instanceof Command.Run run) {
            return new Run(Distribution.locate(), environment, terminal).execute(run);
        }
        if (command instanceof Command.Backup backup) {
            return new Copies(Distribution.locate(), environment, terminal).backup(backup);
        }
        if (command instanceof Command.Restore restore) {
            return new Copies(Distribution.locate(), environment, terminal).restore(restore);
        }
        if (command instanceof Command.Demo) {
            return new Demo(Distribution.locate(), terminal).execute();
        }
        terminal.say(command instanceof Command.Version ? "Mortise " + Distribution.readVersion() : Arguments.USAGE);
        return ExitCode.DONE;
    }
}
