// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/** Reads the command line. */
final class Arguments {
    static final String USAGE = """
            Usage: mortise <command> [options]

              demo                  show two plugins talk to each other; leaves nothing behind
              run                   start the container and stay in the foreground
                --home DIR          folder with plugins/, etc/, data/ and log/ (MORTISE_HOME)
                --edition NAME      minimal, standard or full (MORTISE_EDITION; standard)
                --http-port N       port to listen on, 0 for a free one (MORTISE_HTTP_PORT; 8080)
                --shell             read shell commands from standard input
              backup FILE           write the home into a new file: embedded database, jars, keys, configuration;
                                    its container may run
                --home DIR          that home (MORTISE_HOME)
              restore FILE          put a backup into an empty home
                --home DIR          that home (MORTISE_HOME)
              worker                run one plugin in a process of its own: 'mortise worker --help'
              version               print the version
              --help                print this text

            Exit codes: 0 done, 1 fault, 2 usage, 3 configuration, 4 port or home in use, 5 database,
            6 the demo found problems, 130 second signal.""";

    private final Deque<String> words;

    private Arguments(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    /** Return the command of a command line, or fail with the usage exit code. */
    static Command parse(List<String> words) {
        return new Arguments(words).command();
    }

    private Command command() {
        String name = words.isEmpty() ? "--help" : words.pop();
        return switch (name) {
            case "run" -> run();
            case "backup" -> withFile(name, Command.Backup::new);
            case "restore" -> withFile(name, Command.Restore::new);
            case "demo" -> alone(new Command.Demo());
            case "version", "--version" -> alone(new Command.Version());
            case "--help", "-h", "help" -> new Command.Help();
            default -> throw usage("Unknown command '" + name + "'.");
        };
    }

    private Command alone(Command command) {
        if (List.of("--help").equals(List.copyOf(words))) {
            return new Command.Help();
        }
        if (!words.isEmpty()) {
            throw usage("Unexpected argument '" + words.peek() + "'.");
        }
        return command;
    }

    private Command withFile(String name, BiFunction<Path, Optional<Path>, Command> command) {
        Optional<Path> home = Optional.empty();
        Optional<Path> file = Optional.empty();
        while (!words.isEmpty()) {
            String word = words.pop();
            if (word.equals("--help") || word.equals("-h")) {
                return new Command.Help();
            } else if (word.equals("--home")) {
                home = Optional.of(Path.of(value(word)));
            } else if (word.startsWith("-")) {
                throw usage("Unknown option '" + word + "' of command '" + name + "'.");
            } else if (file.isPresent() || word.isBlank()) {
                throw usage("Unexpected argument '" + word + "'.");
            } else {
                file = Optional.of(Path.of(word));
            }
        }
        return command.apply(file.orElseThrow(() -> usage("Command '" + name + "' needs the name of a file.")), home);
    }

    private Command run() {
        Optional<Path> home = Optional.empty();
        Optional<String> edition = Optional.empty();
        OptionalInt httpPort = OptionalInt.empty();
        boolean shell = false;
        while (!words.isEmpty()) {
            String option = words.pop();
            switch (option) {
                case "--home" -> home = Optional.of(Path.of(value(option)));
                case "--edition" -> edition = Optional.of(value(option));
                case "--http-port" -> httpPort = OptionalInt.of(port(value(option)));
                case "--shell" -> shell = true;
                case "--help", "-h" -> {
                    return new Command.Help();
                }
                default -> throw usage("Unknown option '" + option + "' of command 'run'.");
            }
        }
        return new Command.Run(home, edition, httpPort, shell);
    }

    private String value(String option) {
        String value = words.isEmpty() ? "" : words.pop();
        if (value.isBlank() || value.startsWith("--")) {
            throw usage("Option '" + option + "' needs a value.");
        }
        return value;
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw usage("'" + text + "' is no port. Give a number from 0 to 65535.");
        }
        return Integer.parseInt(text);
    }

    private static LaunchFailure usage(String sentence) {
        return new LaunchFailure(ExitCode.USAGE, sentence + " 'mortise --help' lists what there is.");
    }
}
