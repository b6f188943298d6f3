// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each process is started through: a script for the shell that is in the bundle, laid into a folder once. It has a session
 * of its own, so that what ends the container does not end it before it has ended the process.
 */
final class GuardScript {
    private static final String NAME = "mortise-guard";

    private final Path script;
    private final Path setsid;
    private final Path shell;

    private GuardScript(Path script, Path setsid, Path shell) {
        this.script = script;
        this.setsid = setsid;
        this.shell = shell;
    }

    /** Lays it into a folder; the programs that it needs are looked for along a path. */
    static GuardScript in(Path folder, String path) {
        try (InputStream source = GuardScript.class.getResourceAsStream(NAME)) {
            if (source == null) {
                throw new IllegalStateException(NAME + " is missing in the bundle.");
            }
            Files.createDirectories(folder, RunFolder.OWNER_ONLY);
            Path script = folder.resolve(NAME);
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            return new GuardScript(script, find("setsid", path), find("sh", path));
        } catch (IOException e) {
            throw new UncheckedIOException(NAME + " can't be laid into " + folder + ": " + e, e);
        }
    }

    /** Finds a program along a path. */
    static Path find(String program, String path) {
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Program '" + program + "' is not in workers.path (" + path
                        + "), and processes of plugins need it."));
    }

    /** Answers what to start so that a program runs under guard. */
    List<String> around(RunFolder folder, long killSeconds, List<String> program) {
        List<String> command = new ArrayList<>(List.of(
                setsid.toString(),
                shell.toString(),
                script.toString(),
                folder.path().toString(),
                String.valueOf(killSeconds)));
        command.addAll(program);
        return command;
    }
}
