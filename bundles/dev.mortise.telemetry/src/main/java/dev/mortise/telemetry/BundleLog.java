// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.slf4j.LoggerFactory;

/** The log of one bundle. */
record BundleLog(LogOwner owner) implements LogService {
    @Override
    public Logger getLogger(String name) {
        return logger(owner, name, MessageFormat.BRACES);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> loggerType) {
        return logger(owner, name, loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return getLogger(type.getName(), loggerType);
    }

    /** Called by the component runtime, for the bundle whose component gets the logger. */
    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> loggerType) {
        return logger(LogOwner.of(bundle), name, loggerType);
    }

    private static <L extends Logger> L logger(LogOwner owner, String name, Class<L> loggerType) {
        if (loggerType == Logger.class) {
            return loggerType.cast(logger(owner, name, MessageFormat.BRACES));
        }
        if (loggerType == FormatterLogger.class) {
            return loggerType.cast(logger(owner, name, MessageFormat.PRINTF));
        }
        throw new IllegalArgumentException(
                "A logger is a Logger or a FormatterLogger, not a " + loggerType.getName() + ".");
    }

    /** The root of a bundle's loggers is no other bundle's: it stands under the bundle's name. */
    private static Slf4jLogger logger(LogOwner owner, String name, MessageFormat format) {
        String own = name.equals(Logger.ROOT_LOGGER_NAME) ? owner.name() : name;
        return new Slf4jLogger(LoggerFactory.getLogger(own), owner, format);
    }

    @Override
    @Deprecated
    public void log(int level, @Nullable String message) {
        raw(level, message);
    }

    @Override
    @Deprecated
    public void log(int level, @Nullable String message, @Nullable Throwable failure) {
        raw(level, message, failure);
    }

    @Override
    @Deprecated
    public void log(@Nullable ServiceReference<?> service, int level, @Nullable String message) {
        raw(level, message, service);
    }

    @Override
    @Deprecated
    public void log(
            @Nullable ServiceReference<?> service, int level, @Nullable String message, @Nullable Throwable failure) {
        raw(level, message, service, failure);
    }

    /** The message of these older methods is no format. */
    private void raw(int level, @Nullable String message, @Nullable Object... belongings) {
        logger(owner, owner.name(), MessageFormat.BRACES)
                .write(levelOf(level), String.valueOf(message), LogArguments.of(belongings));
    }

    private static LogLevel levelOf(int level) {
        return switch (level) {
            case 1 -> LogLevel.ERROR;
            case 2 -> LogLevel.WARN;
            case 3 -> LogLevel.INFO;
            case 4 -> LogLevel.DEBUG;
            default -> LogLevel.TRACE;
        };
    }
}
