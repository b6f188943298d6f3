// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Carries what the framework itself logs to slf4j. */
final class FrameworkLog extends Logger {
    private final org.slf4j.Logger log = LoggerFactory.getLogger("org.apache.felix.framework");

    FrameworkLog() {
        setLogLevel(log.isDebugEnabled() ? LOG_DEBUG : LOG_INFO);
    }

    @Override
    protected void doLog(int level, String message, @Nullable Throwable throwable) {
        switch (level) {
            case LOG_ERROR -> log.error(message, throwable);
            case LOG_WARNING -> log.warn(message, throwable);
            case LOG_INFO -> log.info(message, throwable);
            default -> log.debug(message, throwable);
        }
    }
}
