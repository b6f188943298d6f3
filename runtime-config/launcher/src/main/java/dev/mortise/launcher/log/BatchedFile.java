// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * A file whose lines wait in memory for a second at most: writing each one on its own would cost more than the call that it
 * tells of.
 */
final class BatchedFile extends RollingFileAppender<ILoggingEvent> {
    private static final int LONGEST_WAIT_MILLIS = 1000;

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

    /** Writes what waits. */
    void flush() {
        streamWriteLock.lock();
        try {
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
}
