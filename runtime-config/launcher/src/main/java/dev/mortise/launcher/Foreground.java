// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.framework.Container;
import dev.mortise.launcher.framework.Launch;
import dev.mortise.launcher.framework.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One container from its start until somebody stops it. */
record Foreground(Launch launch, Terminal terminal, StopRequest stop) {
    private static final Duration READY_DEADLINE = Duration.ofSeconds(60);

    ExitCode stay(boolean shell) throws InterruptedException, IOException {
        boolean tokenIsNew = Files.notExists(launch.home().adminToken());
        try (Container container = Container.of(launch)) {
            stop.whenMade(container::stop);
            container.start();
            announce(container, tokenIsNew);
            if (shell) {
                new Shell(container.context(), terminal.in(), terminal.out(), terminal.err()).start();
            }
            container.await();
        } catch (LaunchFailure e) {
            if (!stop.isMade()) {
                throw e;
            }
        }
        return ExitCode.DONE;
    }

    private void announce(Container container, boolean tokenIsNew) throws InterruptedException, IOException {
        Readiness readiness = new Readiness(launch.home(), launch.settings().get("http", "host"));
        Optional<String> address = readiness.await(READY_DEADLINE, container::isRunning);
        if (!container.isRunning()) {
            return;
        }
        terminal.say(sentence(address));
        if (tokenIsNew && Files.exists(launch.home().adminToken())) {
            terminal.say("Admin token, also in " + launch.home().adminToken() + ": "
                    + Files.readString(launch.home().adminToken()).strip());
        }
    }

    private String sentence(Optional<String> address) {
        String name = "Mortise " + launch.distribution().version() + " ("
                + launch.edition().name() + ")";
        String end = "  home " + launch.home().root();
        return address.map(url -> name + " is up in " + seconds() + " s: " + url + end)
                .orElse(name + " has started, but is not ready after " + READY_DEADLINE.toSeconds()
                        + " s. log/mortise.log says why." + end);
    }

    private static String seconds() {
        Duration age = ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
        return String.format(Locale.ROOT, "%.1f", age.toMillis() / 1000.0);
    }
}
