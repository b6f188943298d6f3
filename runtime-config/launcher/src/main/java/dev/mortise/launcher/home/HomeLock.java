// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a second container out of a home. */
public final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Take the lock of a home, or fail naming the process that holds it. */
    public static HomeLock take(Home home) {
        return takeIfFree(home).orElseThrow(() -> inUse(home));
    }

    /** Take the lock of a home, or nothing when a process holds it. */
    public static Optional<HomeLock> takeIfFree(Home home) {
        Path file = home.lock();
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new HomeLock(channel));
        } catch (IOException e) {
            throw new LaunchFailure(ExitCode.CONFIGURATION, "Lock '" + file + "' can't be taken: " + e + ".", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static LaunchFailure inUse(Home home) {
        String pid;
        try {
            pid = Files.readString(home.lock()).strip();
        } catch (IOException e) {
            pid = "?";
        }
        return new LaunchFailure(
                ExitCode.IN_USE,
                "Home '" + home.root() + "' is already in use by pid " + pid
                        + ". Stop it, or choose another home with --home.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
