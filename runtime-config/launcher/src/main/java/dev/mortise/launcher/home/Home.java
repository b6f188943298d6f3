// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The folders in which one container lives. */
public record Home(Path root) {

    /** Return the home at a path, with its folders made and readable by the owner only. */
    public static Home prepare(Path path) {
        Home home = new Home(path.toAbsolutePath().normalize());
        try {
            Files.createDirectories(home.root);
            for (Path folder : List.of(home.plugins(), home.etc(), home.data(), home.log())) {
                makeOwnerOnly(folder);
            }
        } catch (IOException e) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "Home '" + home.root + "' can't be used: " + e + ". Choose another one with --home.",
                    e);
        }
        return home;
    }

    private static void makeOwnerOnly(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Return the watched folder. */
    public Path plugins() {
        return root.resolve("plugins");
    }

    /** Return the folder of the operator's configuration. */
    public Path etc() {
        return root.resolve("etc");
    }

    /** Return the folder that belongs to the container alone. */
    public Path data() {
        return root.resolve("data");
    }

    /** Return the folder of the log files. */
    public Path log() {
        return root.resolve("log");
    }

    /** Return the file that is locked while something works in this home. */
    public Path lock() {
        return data().resolve("lock");
    }

    /** Return the file that is there as long as a restore has not ended. */
    public Path restoreMark() {
        return data().resolve("restore-unfinished");
    }

    /** Fail when a restore into this home did not end: what is there is half of something. */
    public void requireWhole() {
        if (Files.exists(restoreMark())) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "Home '" + root + "' is half restored: a 'mortise restore' did not end. Run it again, which begins"
                            + " anew, or delete the folder data/.");
        }
    }

    /** Return the file in which the HTTP surface writes the port that it listens on. */
    public Path httpPort() {
        return data().resolve("http-port");
    }

    /** Return the file that holds the token of the administrator. */
    public Path adminToken() {
        return data().resolve("admin-token");
    }
}
