// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what the framework reports as error or warning; nobody else hears of it. */
final class FrameworkEvents implements FrameworkListener {
    private static final Logger LOG = LoggerFactory.getLogger("org.osgi.framework");

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        LogOwner owner = LogOwner.of(event.getBundle());
        switch (event.getType()) {
            case FrameworkEvent.ERROR -> LogTags.with(owner, () -> LOG.error(text(event), event.getThrowable()));
            case FrameworkEvent.WARNING -> LogTags.with(owner, () -> LOG.warn(text(event), event.getThrowable()));
            default -> LOG.debug("Framework event {}", event.getType());
        }
    }

    private static String text(FrameworkEvent event) {
        Bundle bundle = event.getBundle();
        return "The framework reports a problem with bundle " + bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
