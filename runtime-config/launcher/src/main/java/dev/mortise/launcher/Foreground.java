// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.config.SettingsSource;
import dev.mortise.launcher.config.SettingsWatch;
import dev.mortise.launcher.framework.Container;
import dev.mortise.launcher.framework.Launch;
import dev.mortise.launcher.framework.Shell;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import dev.mortise.launcher.program.Terminal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container from its start until somebody stops it. */
record Foreground(
        Launch launch, SettingsSource source, SettingsSource.First first, Terminal terminal, StopRequest stop) {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
    private static final Duration READY_DEADLINE = Duration.ofSeconds(40);

    ExitCode stay(boolean shell) throws InterruptedException, IOException {
        boolean tokenIsNew = Files.notExists(launch.home().adminToken());
        try (Container container = Container.of(launch)) {
            stop.whenMade(container::stop);
            start(container);
            SettingsWatch watch = new SettingsWatch(source, first, container::configure);
            try (watch) {
                announce(container, tokenIsNew);
                if (shell && container.isRunning()) {
                    new Shell(container.context(), terminal).start();
                }
                container.await();
            }
            LOG.info("Stopped");
        }
        return ExitCode.DONE;
    }

    /** What fails because somebody stopped it on its way up is no failure. */
    private void start(Container container) throws InterruptedException {
        try {
            container.start();
        } catch (LaunchFailure e) {
            if (!stop.isMade()) {
                throw e;
            }
        }
    }

    private void announce(Container container, boolean tokenIsNew) throws InterruptedException, IOException {
        String sentence = hasHttp() ? awaitReadiness(container) : up(container, "");
        if (!container.isRunning()) {
            return;
        }
        LOG.info(sentence);
        terminal.say(sentence);
        if (tokenIsNew && Files.exists(launch.home().adminToken())) {
            terminal.say("Admin token, also in " + launch.home().adminToken() + ": "
                    + Files.readString(launch.home().adminToken()).strip());
        }
    }

    private boolean hasHttp() {
        return launch.edition().features().contains("http");
    }

    private String awaitReadiness(Container container) throws InterruptedException {
        return new Readiness(launch.home(), launch.settings().get("http", "host"))
                .await(READY_DEADLINE, container::isRunning)
                .map(url -> up(container, ": " + url))
                .orElseGet(() -> name() + " has started, but is not ready after " + READY_DEADLINE.toSeconds()
                        + " s; log/mortise.log says why." + home());
    }

    private String up(Container container, String where) {
        container.markUp();
        return name() + " is up in " + seconds() + " s" + where + home();
    }

    private String name() {
        return "Mortise " + launch.distribution().version() + " ("
                + launch.edition().name() + ")";
    }

    private String home() {
        return "  home " + launch.home().root();
    }

    private static String seconds() {
        long age = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        return String.format(Locale.ROOT, "%.1f", age / 1000.0);
    }
}
