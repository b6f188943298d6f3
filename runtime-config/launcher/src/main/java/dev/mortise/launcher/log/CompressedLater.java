// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.log;

import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Keeps the last so many files of a log, {@code name.1.log.gz} the youngest of them. While everybody who logs waits, a full
 * file is only renamed; it is compressed afterwards. Logback's own policy lets them wait for both, a third of a second for
 * each file.
 */
final class CompressedLater extends ContextAwareBase implements RollingPolicy {
    private final Path folder;
    private final String name;
    private final int history;
    private final Executor executor;
    private CompletableFuture<Void> compressing = CompletableFuture.completedFuture(null);
    private boolean started;

    CompressedLater(Path folder, String name, int history, Executor executor) {
        this.folder = folder;
        this.name = name;
        this.history = history;
        this.executor = executor;
    }

    /** Goes on with what the last process did not come to. */
    @Override
    public void start() {
        started = true;
        if (Files.exists(full())) {
            compressing = CompletableFuture.runAsync(this::compress, executor);
        }
    }

    /** Logback calls it under the lock of the file. Who writes faster than files can be compressed waits for the last one. */
    @Override
    public void rollover() throws RolloverFailure {
        try {
            compressing.join();
        } catch (CompletionException e) {
            addWarn("A full file of " + name + ".log could not be compressed; that is tried again.", e);
        }
        try {
            if (Files.exists(full())) {
                compress();
            }
            Files.move(active(), full());
        } catch (IOException | UncheckedIOException e) {
            throw new RolloverFailure("The full file of " + name + ".log can't be put aside.", e);
        }
        compressing = CompletableFuture.runAsync(this::compress, executor);
    }

    private void compress() {
        Path part = folder.resolve(name + ".log.gz.part");
        try {
            try (InputStream in = Files.newInputStream(full());
                    OutputStream out = new FastGzip(Files.newOutputStream(part))) {
                in.transferTo(out);
            }
            for (int number = history - 1; number >= 1; number--) {
                if (Files.exists(kept(number))) {
                    move(kept(number), kept(number + 1));
                }
            }
            move(part, kept(1));
            Files.delete(full());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path active() {
        return folder.resolve(name + ".log");
    }

    private Path full() {
        return folder.resolve(name + ".full.log");
    }

    private Path kept(int number) {
        return folder.resolve(name + "." + number + ".log.gz");
    }

    @Override
    public String getActiveFileName() {
        return active().toString();
    }

    @Override
    public CompressionMode getCompressionMode() {
        return CompressionMode.NONE; // as far as logback is concerned
    }

    @Override
    public void setParent(FileAppender<?> appender) {
        // the names are known without it
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isStarted() {
        return started;
    }
}
