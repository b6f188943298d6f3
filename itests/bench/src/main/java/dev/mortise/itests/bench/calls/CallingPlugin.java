// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.bench.plugins.ChainRoutes;
import dev.mortise.itests.bench.plugins.MeterRoutes;
import dev.mortise.itests.harness.plugins.JarText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A plugin that calls the service of plugin {@code back}.
 *
 * @param path of its one route
 * @param routes its code
 * @param measures whether it brings JMH with it
 */
record CallingPlugin(String id, String path, Class<?> routes, boolean measures) {
    /** Calls once for each request. */
    static final CallingPlugin FRONT = new CallingPlugin("front", "/chain/{id}", ChainRoutes.class, false);

    /** Calls as often as JMH wants. */
    static final CallingPlugin METER = new CallingPlugin("meter", "/measure/{seconds}", MeterRoutes.class, true);

    private static final String JDK_OF_JMH =
            ",com.sun.management,javax.management,javax.management.openmbean,sun.misc;resolution:=optional";

    Path write(Path folder) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        JarText.put(entries, "plugin.json", json());
        JarText.put(entries, "OSGI-INF/routes.xml", PluginText.component(id, routes, true));
        ClassFiles.put(entries, "plugins/Answers");
        if (measures) {
            ClassFiles.put(entries, "plugins/");
            ClassFiles.put(entries, "META-INF/");
            Map<String, byte[]> libraries = libraries();
            entries.putAll(libraries);
            String classPath = ".," + String.join(",", libraries.keySet());
            JarText.put(entries, "META-INF/MANIFEST.MF", PluginText.manifest(id, classPath, JDK_OF_JMH));
        } else {
            ClassFiles.put(entries, "plugins/Chain");
            JarText.put(entries, "META-INF/MANIFEST.MF", PluginText.manifest(id, ".", ""));
        }
        return JarText.write(folder.resolve(id + ".jar"), entries);
    }

    private static Map<String, byte[]> libraries() throws IOException {
        Map<String, byte[]> jars = new TreeMap<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(path).getFileName().toString();
            if (Stream.of("jmh-core-", "jopt-simple-", "commons-math3-").anyMatch(name::startsWith)) {
                jars.put("lib/" + name, Files.readAllBytes(Path.of(path)));
            }
        }
        if (jars.size() != 3) {
            throw new IllegalStateException("JMH is not whole on the class path: " + jars.keySet());
        }
        return jars;
    }

    private String json() {
        return """
                {"id": "%s", "name": "%s", "version": "1.0.0", "api": {
                  "services": [{"name": "%s.calls", "version": "1.0.0", "endpoints": [
                    {"method": "GET", "path": "%s", "timeoutMs": 300000}]}],
                  "dependencies": [{"pluginId": "back", "serviceName": "back.answers", "version": "^1.0.0"}]}}
                """.formatted(id, id, id, path);
    }
}
