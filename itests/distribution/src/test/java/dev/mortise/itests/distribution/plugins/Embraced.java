// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Two of these hold what the other one wants, in the order that their manifests name, and never let go. */
public final class Embraced implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String[] names = context.getBundle().getHeaders().get("X-Locks").split(" ");
        Properties shared = System.getProperties();
        Object first = shared.computeIfAbsent("test.lock." + names[0], made -> new Object());
        Object second = shared.computeIfAbsent("test.lock." + names[1], made -> new Object());
        CountDownLatch both = (CountDownLatch) shared.computeIfAbsent("test.locks", made -> new CountDownLatch(2));
        synchronized (first) {
            both.countDown();
            meet(both);
            synchronized (second) {
                shared.put("test.locks", "nobody comes here");
            }
        }
    }

    private static void meet(CountDownLatch both) {
        while (true) {
            try {
                both.await();
                return;
            } catch (InterruptedException goesOn) {
                // code that hangs hears no interrupt either
            }
        }
    }

    @Override
    public void stop(BundleContext context) {
        // it never was started
    }
}
