// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.backup.Backup;
import dev.mortise.launcher.backup.Restore;
import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Settings;
import dev.mortise.launcher.config.SettingsFolder;
import dev.mortise.launcher.config.SettingsSource;
import dev.mortise.launcher.home.Home;
import dev.mortise.launcher.program.Distribution;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The commands backup and restore. */
record Copies(Distribution distribution, Map<String, String> environment, Terminal terminal) {

    ExitCode backup(Command.Backup command) throws IOException {
        Home home = new Home(path(command.home()).toAbsolutePath().normalize());
        return new Backup(distribution, terminal).execute(home, settings(home), command.file());
    }

    ExitCode restore(Command.Restore command) throws IOException {
        return new Restore(distribution, terminal).execute(path(command.home()), command.file());
    }

    private Path path(Optional<Path> named) {
        return new HomeChoice(distribution, environment).path(named);
    }

    private Settings settings(Home home) {
        return new SettingsSource(Schema.shipped(), new SettingsFolder(home.etc()), environment, Map.of()).read();
    }
}
