// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A file whose lines wait in memory for a second at most, and are written many at once: writing each one on its own, or
 * only waiting for one another with it, would cost more than the call that it tells of. Whoever fills the batch writes it,
 * so none is lost and what waits is bounded, however slow the disk is.
 */
final class BatchedFile extends RollingFileAppender<ILoggingEvent> {
    private static final int LONGEST_WAIT_MILLIS = 1000;
    private static final int BATCH_CHARS = 64 * 1024;

    // Its own monitor guards it; it is never held while something is written.
    private final StringBuilder waiting = new StringBuilder();

    BatchedFile() {
        setImmediateFlush(false);
    }

    @Override
    public void start() {
        super.start();
        getContext()
                .addScheduledFuture(getContext()
                        .getScheduledExecutorService()
                        .scheduleWithFixedDelay(
                                this::flush, LONGEST_WAIT_MILLIS, LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Override
    public void stop() {
        flush();
        super.stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        String line = event.getFormattedMessage();
        boolean full;
        synchronized (waiting) {
            if (waiting.length() > 0) {
                waiting.append('\n');
            }
            waiting.append(line);
            full = waiting.length() >= BATCH_CHARS;
        }
        if (full) {
            streamWriteLock.lock();
            try {
                writeBatch();
            } finally {
                streamWriteLock.unlock();
            }
        }
    }

    /** Writes what waits. */
    void flush() {
        streamWriteLock.lock();
        try {
            writeBatch();
            OutputStream stream = getOutputStream();
            if (stream != null) {
                stream.flush();
            }
        } catch (IOException e) {
            addError("The lines that wait for " + getFile() + " can't be written.", e);
        } finally {
            streamWriteLock.unlock();
        }
    }

    /** Writes the lines as one; called with the lock of the file, so that batches keep their order. */
    private void writeBatch() {
        LoggingEvent batch = new LoggingEvent();
        batch.setMDCPropertyMap(Map.of());
        synchronized (waiting) {
            if (waiting.length() == 0) {
                return;
            }
            batch.setMessage(waiting.toString());
            waiting.setLength(0);
        }
        super.append(batch);
    }
}
