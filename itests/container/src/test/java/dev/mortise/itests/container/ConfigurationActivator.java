// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configures the framework and its bundles before they start, as the launcher does: a free port, a home of its own. */
public final class ConfigurationActivator implements BundleActivator {
    private static final int PLUGINS = 90;

    @Override
    public void start(BundleContext context) throws IOException {
        context.getBundle(Constants.SYSTEM_BUNDLE_ID)
                .adapt(FrameworkStartLevel.class)
                .setInitialBundleStartLevel(PLUGINS);
        ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        String home = context.getProperty("mortise.home");
        for (String concern : context.getProperty("mortise.test.concerns").split(",")) {
            Map<String, Object> values = new TreeMap<>(Map.of("mortise.home", home, "mortise.version", "1.0.0"));
            if (concern.equals("http")) {
                values.put("port", "0");
            }
            if (concern.equals("postgres-embedded")) {
                values.put("cache", context.getProperty("mortise.test.programs"));
            }
            admin.getConfiguration("dev.mortise." + concern, "?").update(FrameworkUtil.asDictionary(values));
        }
    }

    @Override
    public void stop(BundleContext context) {
        // configurations are kept in memory only
    }
}
