// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes to slf4j what a bundle logs by OSGi's interface; slf4j's levels decide. */
record Slf4jLogger(Logger target, LogOwner owner, MessageFormat format) implements FormatterLogger {
    @Override
    public String getName() {
        return target.getName();
    }

    private void log(LogLevel level, String text, @Nullable Object... arguments) {
        if (isEnabled(level)) {
            LogArguments parted = LogArguments.of(arguments);
            write(level, parted.message().isEmpty() ? text : format.format(text, parted.message()), parted);
        }
    }

    private <E extends Exception> void log(LogLevel level, LoggerConsumer<E> consumer) throws E {
        if (isEnabled(level)) {
            consumer.accept(this);
        }
    }

    private boolean isEnabled(LogLevel level) {
        return level == LogLevel.AUDIT || target.isEnabledForLevel(level(level));
    }

    /** Writes a message that is complete. */
    void write(LogLevel level, String message, LogArguments arguments) {
        LoggingEventBuilder event =
                target.atLevel(level(level)).setCause(arguments.failure().orElse(null));
        String text = arguments
                .service()
                .map(service -> message + " " + description(service))
                .orElse(message);
        LogTags.with(owner, () -> event.log(text));
    }

    private static String description(ServiceReference<?> service) {
        return "[service " + service.getProperty("service.id") + "]";
    }

    /** An audit line is always written, so it goes to the first level that is. */
    private Level level(LogLevel level) {
        return switch (level) {
            case AUDIT -> target.isInfoEnabled() ? Level.INFO : target.isWarnEnabled() ? Level.WARN : Level.ERROR;
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(LogLevel.TRACE);
    }

    @Override
    public void trace(String message) {
        log(LogLevel.TRACE, message, new Object[0]);
    }

    @Override
    public void trace(String text, @Nullable Object argument) {
        log(LogLevel.TRACE, text, new Object[] {argument});
    }

    @Override
    public void trace(String text, @Nullable Object first, @Nullable Object second) {
        log(LogLevel.TRACE, text, first, second);
    }

    @Override
    public void trace(String text, @Nullable Object... arguments) {
        log(LogLevel.TRACE, text, arguments);
    }

    @Override
    public <E extends Exception> void trace(LoggerConsumer<E> consumer) throws E {
        log(LogLevel.TRACE, consumer);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(LogLevel.DEBUG);
    }

    @Override
    public void debug(String message) {
        log(LogLevel.DEBUG, message, new Object[0]);
    }

    @Override
    public void debug(String text, @Nullable Object argument) {
        log(LogLevel.DEBUG, text, new Object[] {argument});
    }

    @Override
    public void debug(String text, @Nullable Object first, @Nullable Object second) {
        log(LogLevel.DEBUG, text, first, second);
    }

    @Override
    public void debug(String text, @Nullable Object... arguments) {
        log(LogLevel.DEBUG, text, arguments);
    }

    @Override
    public <E extends Exception> void debug(LoggerConsumer<E> consumer) throws E {
        log(LogLevel.DEBUG, consumer);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(LogLevel.INFO);
    }

    @Override
    public void info(String message) {
        log(LogLevel.INFO, message, new Object[0]);
    }

    @Override
    public void info(String text, @Nullable Object argument) {
        log(LogLevel.INFO, text, new Object[] {argument});
    }

    @Override
    public void info(String text, @Nullable Object first, @Nullable Object second) {
        log(LogLevel.INFO, text, first, second);
    }

    @Override
    public void info(String text, @Nullable Object... arguments) {
        log(LogLevel.INFO, text, arguments);
    }

    @Override
    public <E extends Exception> void info(LoggerConsumer<E> consumer) throws E {
        log(LogLevel.INFO, consumer);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(LogLevel.WARN);
    }

    @Override
    public void warn(String message) {
        log(LogLevel.WARN, message, new Object[0]);
    }

    @Override
    public void warn(String text, @Nullable Object argument) {
        log(LogLevel.WARN, text, new Object[] {argument});
    }

    @Override
    public void warn(String text, @Nullable Object first, @Nullable Object second) {
        log(LogLevel.WARN, text, first, second);
    }

    @Override
    public void warn(String text, @Nullable Object... arguments) {
        log(LogLevel.WARN, text, arguments);
    }

    @Override
    public <E extends Exception> void warn(LoggerConsumer<E> consumer) throws E {
        log(LogLevel.WARN, consumer);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(LogLevel.ERROR);
    }

    @Override
    public void error(String message) {
        log(LogLevel.ERROR, message, new Object[0]);
    }

    @Override
    public void error(String text, @Nullable Object argument) {
        log(LogLevel.ERROR, text, new Object[] {argument});
    }

    @Override
    public void error(String text, @Nullable Object first, @Nullable Object second) {
        log(LogLevel.ERROR, text, first, second);
    }

    @Override
    public void error(String text, @Nullable Object... arguments) {
        log(LogLevel.ERROR, text, arguments);
    }

    @Override
    public <E extends Exception> void error(LoggerConsumer<E> consumer) throws E {
        log(LogLevel.ERROR, consumer);
    }

    @Override
    public void audit(String message) {
        log(LogLevel.AUDIT, message, new Object[0]);
    }

    @Override
    public void audit(String text, @Nullable Object argument) {
        log(LogLevel.AUDIT, text, new Object[] {argument});
    }

    @Override
    public void audit(String text, @Nullable Object first, @Nullable Object second) {
        log(LogLevel.AUDIT, text, first, second);
    }

    @Override
    public void audit(String text, @Nullable Object... arguments) {
        log(LogLevel.AUDIT, text, arguments);
    }
}
