// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.LogService;

/** Makes a log for every bundle that asks for one. */
final class BundleLogs implements ServiceFactory<LogService> {
    @Override
    public LogService getService(Bundle bundle, ServiceRegistration<LogService> registration) {
        return new BundleLog(LogOwner.of(bundle));
    }

    /** A log holds nothing. */
    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<LogService> registration, LogService service) {}
}
