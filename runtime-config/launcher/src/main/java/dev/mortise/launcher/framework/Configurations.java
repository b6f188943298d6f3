// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.config.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Hands the settings of every concern to Configuration Admin, with PID dev.mortise.concern, and adds where it runs. */
record Configurations(BundleContext context) {
    private static final String PID_PREFIX = "dev.mortise.";

    void push(Launch launch, Settings settings) throws IOException {
        var reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            throw new IllegalStateException("no Configuration Admin at start level " + StartLevels.CONFIGURATION);
        }
        ConfigurationAdmin admin = context.getService(reference);
        for (String concern : launch.schema().concerns()) {
            Map<String, String> values = new HashMap<>(settings.of(concern));
            values.putAll(FrameworkProperties.facts(launch));
            admin.getConfiguration(PID_PREFIX + concern, "?").updateIfDifferent(FrameworkUtil.asDictionary(values));
        }
        context.ungetService(reference);
    }
}
