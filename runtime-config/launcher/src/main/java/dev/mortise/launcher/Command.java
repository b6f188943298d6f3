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

    /** Print the version. */
    record Version() implements Command {}

    /** Print the usage. */
    record Help() implements Command {}
}
