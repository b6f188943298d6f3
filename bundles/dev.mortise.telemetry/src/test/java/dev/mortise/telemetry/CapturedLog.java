// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What reaches the log under one name. */
final class CapturedLog implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // takes the tags while they are there, as every appender does
            super.append(event);
        }
    };

    CapturedLog(String name, Level level) {
        logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(level);
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    List<String> lines() {
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    ILoggingEvent last() {
        return appender.list.get(appender.list.size() - 1);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        logger.setAdditive(true);
    }
}
