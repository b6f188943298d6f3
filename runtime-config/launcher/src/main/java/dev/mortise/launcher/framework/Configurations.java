// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Hands the settings of every concern to Configuration Admin, with PID dev.mortise.concern. */
record Configurations(BundleContext context) {
    private static final String PID_PREFIX = "dev.mortise.";

    /** What every component may ask of its container without a bundle context. */
    private static final List<String> CONTAINER = List.of("mortise.home", "mortise.version", "mortise.edition");

    void push(Schema schema, Settings settings) throws IOException {
        var reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            throw new IllegalStateException("no Configuration Admin at start level " + StartLevels.CONFIGURATION);
        }
        ConfigurationAdmin admin = context.getService(reference);
        for (String concern : schema.concerns()) {
            Map<String, String> values = new TreeMap<>(settings.of(concern));
            CONTAINER.forEach(name -> values.put(name, context.getProperty(name)));
            admin.getConfiguration(PID_PREFIX + concern, "?").updateIfDifferent(FrameworkUtil.asDictionary(values));
        }
        context.ungetService(reference);
    }
}
