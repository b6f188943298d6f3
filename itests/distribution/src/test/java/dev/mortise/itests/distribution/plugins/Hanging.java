// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a plugin that never comes back from its end. */
public final class Hanging implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        // it starts well
    }

    @Override
    public void stop(BundleContext context) {
        while (context != null) {
            LockSupport.park();
        }
    }
}
