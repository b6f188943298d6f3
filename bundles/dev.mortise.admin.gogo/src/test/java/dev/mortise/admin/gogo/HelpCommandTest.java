// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpCommandTest {
    private final Shell shell = new Shell();

    @Test
    void listsEveryCommandOfMortiseWithItsArgumentsAndWhatItDoes() {
        List<String> commands = ((Collection<?>) shell.variable(".commands"))
                .stream()
                        .map(String::valueOf)
                        .filter(name -> name.startsWith("mortise:") && !name.equals("mortise:default"))
                        .map(name -> name.substring("mortise:".length()))
                        .toList();

        assertThat(commands).hasSize(30).allSatisfy(name -> assertThat(shell.type("help"))
                .containsPattern("(?m)^  " + name + "( |$)"));
        assertThat(shell.type("help"))
                .startsWith("Commands of Mortise:")
                .contains(
                        "  uninstall <id> [--force]  removes a plugin; refused while others need it, unless forced\n");
    }

    @Test
    void fitsATerminal() {
        assertThat(shell.in(80).type("help").lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void endsWithTheWayToFelix() {
        assertThat(shell.type("help").lines().reduce("", (before, line) -> line))
                .isEqualTo("More come from Felix: 'felix:help' lists them, 'help felix:lb' explains one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help install", "help mortise:install"})
    void explainsTheCommandThatIsRunAndNamesThoseOfTheSameName(String line) {
        shell.withFelix("install").withFelix("help");

        assertThat(shell.type(line)).isEqualTo("""
                Command mortise:install:
                  install <file> [--downgrade]  takes a plugin's jar in; it replaces a higher version only as a downgrade

                Others of that name: felix:install.""");
    }

    @Test
    void explainsEveryVerbOfANoun() {
        assertThat(shell.in(80).type("help token")).isEqualTo("""
                Command mortise:token:
                  token create <kind> [--plugin <id>] [--tenant <tenant>] [--expires <seconds>]
                                            makes a token of kind admin, plugin or remote, and
                                            shows it once
                  token list                lists the tokens that are not revoked
                  token revoke <id>         revokes a token at once""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lb", "felix:lb"})
    void letsFelixExplainItsOwn(String name) {
        shell.withFelix("lb").withFelix("help");

        assertThat(shell.type("help " + name)).isEqualTo("felix:help got [" + name + "]");
    }

    @Test
    void saysWhenNobodyExplainsACommand() {
        shell.withFelix("lb");

        assertThat(shell.type("help lb")).isEqualTo("'lb' is felix:lb, which nobody explains here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help frobnicate", "frobnicate", "frobnicate -x 3"})
    void namesWhatIsNoCommand(String line) {
        assertThat(shell.type(line)).isEqualTo("There is no command 'frobnicate'. 'help' lists those there are.");
    }

    @Test
    void escapesWhatIsNoCommand() {
        assertThat(shell.type("a\u001bb")).isEqualTo("There is no command 'a\\u001bb'. 'help' lists those there are.");
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(shell.type("help a b")).isEqualTo("Usage: help [<command>]");
    }
}
