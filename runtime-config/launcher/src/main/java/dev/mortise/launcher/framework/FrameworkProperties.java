// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Constants;

/** The properties that the framework starts with; bundles read those named mortise.* from their context. */
final class FrameworkProperties {

    private FrameworkProperties() {}

    static Map<String, Object> of(Launch launch, FrameworkCache cache) {
        Map<String, Object> properties = new HashMap<>(shipped());
        properties.put(Constants.FRAMEWORK_STORAGE, cache.folder().toString());
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevels.CONFIGURATION));
        properties.put(FelixConstants.LOG_LOGGER_PROP, new FrameworkLog());
        properties.put(
                "gosh.home", launch.distribution().root().resolve("shell").toString());
        properties.putAll(facts(launch));
        return properties;
    }

    /** Return what every bundle may know of the container, from its context or in its configuration. */
    static Map<String, String> facts(Launch launch) {
        return Map.of(
                "mortise.home", launch.home().root().toString(),
                "mortise.dist", launch.distribution().root().toString(),
                "mortise.version", launch.distribution().version(),
                "mortise.edition", launch.edition().name(),
                "mortise.features", String.join(",", launch.edition().features()));
    }

    private static Map<String, String> shipped() {
        Properties properties = new Properties();
        try (InputStream in = FrameworkProperties.class.getResourceAsStream("framework.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
