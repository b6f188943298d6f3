// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void readsAllOptionsOfRun() {
        Command command = Arguments.parse(
                List.of("run", "--home", "/srv/m", "--edition", "minimal", "--http-port", "0", "--shell"));

        assertThat(command)
                .isEqualTo(new Command.Run(
                        Optional.of(Path.of("/srv/m")), Optional.of("minimal"), OptionalInt.of(0), true));
    }

    @Test
    void readsTheFileOfACopyAndItsHome() {
        assertThat(Arguments.parse(List.of("backup", "--home", "/srv/m", "b.zip")))
                .isEqualTo(new Command.Backup(Path.of("b.zip"), Optional.of(Path.of("/srv/m"))));
        assertThat(Arguments.parse(List.of("restore", "b.zip")))
                .isEqualTo(new Command.Restore(Path.of("b.zip"), Optional.empty()));
    }

    @Test
    void leavesOutWhatIsNotGiven() {
        assertThat(Arguments.parse(List.of("run")))
                .isEqualTo(new Command.Run(Optional.empty(), Optional.empty(), OptionalInt.empty(), false));
    }

    @Test
    void printsHelpWhenNothingIsAskedFor() {
        assertThat(Arguments.parse(List.of())).isEqualTo(new Command.Help());
        assertThat(Arguments.parse(List.of("run", "--help"))).isEqualTo(new Command.Help());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dance              | Unknown command 'dance'.",
                "demo now           | Unexpected argument 'now'.",
                "run --hom x        | Unknown option '--hom' of command 'run'.",
                "backup             | Command 'backup' needs the name of a file.",
                "backup a b         | Unexpected argument 'b'.",
                "restore a --force  | Unknown option '--force' of command 'restore'.",
                "run --home         | Option '--home' needs a value.",
                "run --home --shell | Option '--home' needs a value.",
                "run --http-port 7x | '7x' is no port. Give a number from 0 to 65535.",
                "run --http-port 65536 | '65536' is no port. Give a number from 0 to 65535."
            })
    void namesWhatIsWrong(String line, String sentence) {
        LaunchFailure failure =
                catchThrowableOfType(LaunchFailure.class, () -> Arguments.parse(List.of(line.split(" "))));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(failure.sentence()).startsWith(sentence);
    }
}
