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
 * What each process is started through, and what ends those that outlive it: scripts for the shell that are in the bundle, laid
 * into a folder once. They have sessions of their own, so that what ends the container does not end them before they have ended
 * the processes.
 */
final class GuardScript {
    private static final String GUARD = "mortise-guard";
    private static final String UNDERTAKER = "mortise-undertaker";
    private static final String AS = "mortise-as";

    private final Path folder;
    private final String path;
    private final Path setsid;
    private final Path shell;

    private GuardScript(Path folder, String path) {
        this.folder = folder;
        this.path = path;
        setsid = find("setsid", path);
        shell = find("sh", path);
    }

    /** Lays them into a folder; the programs that they need are looked for along a path. */
    static GuardScript in(Path folder, String path) {
        lay(GUARD, folder);
        lay(UNDERTAKER, folder);
        lay(AS, folder);
        return new GuardScript(folder, path);
    }

    private static void lay(String name, Path folder) {
        try (InputStream source = GuardScript.class.getResourceAsStream(name)) {
            if (source == null) {
                throw new IllegalStateException(name + " is missing in the bundle.");
            }
            Files.createDirectories(folder, RunFolder.OWNER_ONLY);
            Files.copy(source, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be laid into " + folder + ": " + e, e);
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
    List<String> around(RunFolder one, long killSeconds, List<String> program) {
        List<String> command = new ArrayList<>(command(GUARD, one.path(), killSeconds));
        command.add(one.user().map(String::valueOf).orElse(""));
        command.addAll(program);
        return command;
    }

    /** Answers what to start so that a program runs as another user, without a guard. */
    List<String> as(int user, List<String> program) {
        find("setpriv", path);
        List<String> command =
                new ArrayList<>(List.of(shell.toString(), folder.resolve(AS).toString(), String.valueOf(user)));
        command.addAll(program);
        return command;
    }

    String path() {
        return path;
    }

    /** Answers what to start so that no process outlives this container. */
    List<String> afterAll(long killSeconds) {
        return command(UNDERTAKER, folder, killSeconds);
    }

    private List<String> command(String script, Path about, long seconds) {
        return List.of(
                setsid.toString(),
                shell.toString(),
                folder.resolve(script).toString(),
                about.toString(),
                String.valueOf(seconds));
    }
}
