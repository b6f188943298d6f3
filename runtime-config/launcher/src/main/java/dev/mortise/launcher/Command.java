// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** What the command line asks for. */
public sealed interface Command {

    /** Start a container and stay in the foreground. */
    record Run(Optional<Path> home, Optional<String> edition, OptionalInt httpPort, boolean shell) implements Command {}

    /** Show two plugins talk to each other, and leave nothing behind. */
    record Demo() implements Command {}

    /** Write a home into one file, while its container runs or not. */
    record Backup(Path file, Optional<Path> home) implements Command {}

    /** Put a backup into an empty home. */
    record Restore(Path file, Optional<Path> home) implements Command {}

    /** Print the version. */
    record Version() implements Command {}

    /** Print the usage. */
    record Help() implements Command {}
}
