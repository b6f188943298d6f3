// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;

/**
 * Registers the log of OSGi. An activator and no component: the component runtime logs through this service, so the service
 * must neither wait for that runtime nor be made by it.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.osgi.service.log.LogService,org.osgi.service.log.LoggerFactory\"")
public final class TelemetryActivator implements BundleActivator {
    private static final String[] TYPES = {LogService.class.getName(), LoggerFactory.class.getName()};

    @Override
    public void start(BundleContext context) {
        context.addFrameworkListener(new FrameworkEvents());
        context.registerService(TYPES, new BundleLogs(), null);
    }

    /** The framework itself removes listener and service. */
    @Override
    public void stop(BundleContext context) {}
}
