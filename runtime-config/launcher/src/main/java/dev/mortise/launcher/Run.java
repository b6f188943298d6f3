// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.config.Environment;
import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Settings;
import dev.mortise.launcher.config.SettingsFolder;
import dev.mortise.launcher.config.SettingsSource;
import dev.mortise.launcher.feature.Edition;
import dev.mortise.launcher.feature.FeatureFolder;
import dev.mortise.launcher.framework.Launch;
import dev.mortise.launcher.home.EditionPlugins;
import dev.mortise.launcher.home.Home;
import dev.mortise.launcher.home.HomeLock;
import dev.mortise.launcher.home.ListeningPort;
import dev.mortise.launcher.home.SignerCertificates;
import dev.mortise.launcher.log.Logging;
import dev.mortise.launcher.program.Distribution;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command run: a container in the foreground. */
record Run(Distribution distribution, Map<String, String> environment, Terminal terminal) {
    private static final String DEFAULT_EDITION = "standard";

    ExitCode execute(Command.Run command) throws InterruptedException, IOException {
        StopRequest stop = StopRequest.bySignals();
        Home home = Home.prepare(new HomeChoice(distribution, environment).path(command.home()));
        HomeLock lock = HomeLock.take(home);
        try (lock) {
            home.requireWhole();
            Schema schema = Schema.shipped();
            SettingsSource source = source(schema, home, command);
            SettingsSource.First first = source.first();
            Settings settings = first.settings();
            new SignerCertificates(settings, home.root()).requireReadable();
            new ListeningPort(settings.get("http", "host"), settings.number("http", "port")).requireFree();
            Logging.configure(settings, home.log());
            warnOfStrangers(schema);
            Edition edition = new FeatureFolder(distribution.features()).edition(editionName(command));
            new EditionPlugins(distribution.system(), home).give(edition);
            Files.deleteIfExists(home.httpPort());
            Launch launch = new Launch(distribution, home, edition, schema, settings);
            return new Foreground(launch, source, first, terminal, stop).stay(wantsShell(command));
        }
    }

    private String editionName(Command.Run command) {
        return command.edition()
                .or(() -> Optional.ofNullable(environment.get("MORTISE_EDITION")))
                .orElse(DEFAULT_EDITION);
    }

    private SettingsSource source(Schema schema, Home home, Command.Run command) {
        SettingsFolder folder = new SettingsFolder(home.etc());
        folder.fill(schema);
        return new SettingsSource(schema, folder, environment, arguments(command.httpPort()));
    }

    private static Map<String, String> arguments(OptionalInt httpPort) {
        return httpPort.isPresent() ? Map.of("http.port", Integer.toString(httpPort.getAsInt())) : Map.of();
    }

    private void warnOfStrangers(Schema schema) {
        Logger log = LoggerFactory.getLogger(Run.class);
        for (String variable : new Environment(environment).strangers(schema.settings())) {
            log.warn("Environment variable {} is no setting of Mortise and is ignored", variable);
        }
    }

    private boolean wantsShell(Command.Run command) {
        return command.shell() || "stdin".equals(environment.get("MORTISE_SHELL")) || terminal.interactive();
    }
}
