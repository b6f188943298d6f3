// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.mortise.launcher.config.Settings;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends log lines to a rolling file, and the grave ones to the console; in code, because XML costs start-up time. */
public final class Logging {
    /** What others wrote may neither begin a line that looks like one of the log, nor steer a terminal. */
    private static final String MESSAGE =
            "%replace(%replace(%msg){'[\\r\\n\\x0B\\f\\x85\\u2028\\u2029]+', '\n\t'}){'\\x1b', '^['}";

    /** Plugin, tenant and request of the call, where there is one. */
    private static final String TAGS = "%replace( [%X]){' \\[\\]', ''}";

    /** Messages of exceptions hold what clients sent: every line of a trace is indented. */
    private static final String TRACE =
            "%replace(%replace(%ex){'(?m)^(?=[^\\t])', '\t'}){'[\\x1b\\r\\x0B\\f\\x85\\u2028\\u2029]', ' '}";

    private static final String FILE_PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36}" + TAGS + " " + MESSAGE + "%n" + TRACE;
    private static final String CONSOLE_PATTERN = "%d{HH:mm:ss} %-5level " + MESSAGE + "%n%nopex";

    /** Begins the name of the loggers of calls. */
    private static final String CALLS = "mortise.";

    private static final String ACCESS = "access";

    private final LoggerContext context;
    private final Settings settings;

    private Logging(LoggerContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Configure logging for the rest of the life of this process. */
    public static void configure(Settings settings, Path folder) {
        Logging logging = new Logging((LoggerContext) LoggerFactory.getILoggerFactory(), settings);
        var root = logging.context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(logging.start(
                logging.inFolder(new RollingFileAppender<>(), folder, "mortise"), logging.pattern(FILE_PATTERN)));
        root.addAppender(logging.console());
        root.setLevel(logging.level("level"));
        logging.calls(folder, "refused", new RollingFileAppender<>());
        logging.calls(folder, ACCESS, new BatchedFile());
    }

    /** Write what still waits in memory, at the end of the process. */
    public static void flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(CALLS + ACCESS).iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof BatchedFile file) {
                    file.flush();
                }
            });
        }
    }

    /** Lines that programs read have a file of their own, without anything around them. */
    private void calls(Path folder, String kind, RollingFileAppender<ILoggingEvent> file) {
        var logger = context.getLogger(CALLS + kind);
        logger.setAdditive(false);
        if (settings.get("log", kind).equals("on")) {
            logger.setLevel(Level.INFO);
            logger.addAppender(start(inFolder(file, folder, kind), new LineEncoder()));
        } else {
            logger.setLevel(Level.OFF);
        }
    }

    private Level level(String key) {
        return Level.toLevel(settings.get("log", key), Level.INFO);
    }

    private Appender<ILoggingEvent> console() {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        ThresholdFilter threshold = new ThresholdFilter();
        threshold.setLevel(level("console.level").toString());
        threshold.start();
        console.addFilter(threshold);
        return start(console, pattern(CONSOLE_PATTERN));
    }

    private OutputStreamAppender<ILoggingEvent> inFolder(
            RollingFileAppender<ILoggingEvent> file, Path folder, String name) {
        file.setContext(context);
        file.setFile(folder.resolve(name + ".log").toString());
        rollOver(file, folder, name);
        return file;
    }

    private void rollOver(RollingFileAppender<ILoggingEvent> file, Path folder, String name) {
        CompressedLater names =
                new CompressedLater(folder, name, settings.number("log", "file.history"), context.getExecutorService());
        names.setContext(context);
        names.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf(settings.get("log", "file.max.mb") + "MB"));
        size.start();
        file.setRollingPolicy(names);
        file.setTriggeringPolicy(size);
    }

    private Encoder<ILoggingEvent> pattern(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(pattern);
        return encoder;
    }

    private Appender<ILoggingEvent> start(
            OutputStreamAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> encoder) {
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
