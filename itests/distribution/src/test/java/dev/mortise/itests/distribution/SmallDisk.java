// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory that is soon full. Needs the right to mount. */
record SmallDisk(Path place) implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    /** Tells whether this process may mount. */
    static boolean possible(Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        if (run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place.toString()) != 0) {
            return false;
        }
        return run("umount", place.toString()) == 0;
    }

    static SmallDisk mount(Path place, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(place);
        if (run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place.toString()) != 0) {
            throw new IOException("No file system can be mounted on " + place);
        }
        return new SmallDisk(place);
    }

    /** Takes all room that is left. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    /** Gives the room back. */
    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (run("umount", place.toString()) != 0) {
            run("umount", "-l", place.toString());
        }
    }

    private Path ballast() {
        return place.resolve("ballast");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
