// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plugin with one route that answers its version. Its jar is written by hand, without an analysis of classes, so that a
 * thousand take seconds.
 *
 * @param offers whether the route is the endpoint of a service too, named by {@link #service}
 * @param migrations the scripts of its migrations, in order
 */
public record GeneratedPlugin(String id, String version, boolean offers, List<String> migrations) {
    private static final String CODE = VersionedRoutes.class.getName().replace('.', '/') + ".class";

    public GeneratedPlugin {
        migrations = List.copyOf(migrations);
    }

    /** Makes a plugin with a route and nothing else. */
    public static GeneratedPlugin of(String id, String version) {
        return new GeneratedPlugin(id, version, false, List.of());
    }

    /** Answers this plugin offering a service. */
    public GeneratedPlugin offering() {
        return new GeneratedPlugin(id, version, true, migrations);
    }

    /** Answers this plugin with a first migration. */
    public GeneratedPlugin migrating() {
        return migrating(List.of(migration()));
    }

    /** Answers this plugin with these migrations, numbered from 1 on. */
    public GeneratedPlugin migrating(List<String> scripts) {
        return new GeneratedPlugin(id, version, offers, scripts);
    }

    /** Answers the address of a plugin's route. */
    public static String route(String id) {
        return "/api/v1/p/" + id + "/version";
    }

    /** Answers the name of the service. */
    public String service() {
        return id + ".versions";
    }

    /** Writes the jar under its final name and answers it. */
    public Path write(Path file) throws IOException {
        return JarText.write(file, entries());
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        JarText.put(entries, "META-INF/MANIFEST.MF", manifest());
        JarText.put(entries, "plugin.json", json());
        JarText.put(entries, "OSGI-INF/routes.xml", component());
        JarText.put(entries, "version", version);
        for (int i = 0; i < migrations.size(); i++) {
            JarText.put(entries, "migrations/" + (i + 1) + "__things.sql", migrations.get(i));
        }
        try (InputStream code = GeneratedPlugin.class.getResourceAsStream("/" + CODE)) {
            entries.put(CODE, code.readAllBytes());
        }
        return entries;
    }

    private String manifest() {
        return """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: %s
                Bundle-Version: %s
                Import-Package: dev.mortise.api.http;version="[1.0,2)"
                Service-Component: OSGI-INF/routes.xml
                """.formatted(id, version.replaceAll("[-+].*", ""));
    }

    private String json() {
        String services = """
                , "api": {"services": [{"name": "%s", "version": "1.0.0",
                  "endpoints": [{"method": "GET", "path": "/version"}]}]}
                """.formatted(service());
        return """
                {"id": "%s", "name": "%s", "version": "%s"%s}
                """.formatted(id, id, version, offers ? services : "");
    }

    private String component() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s.routes">
                  <implementation class="%s"/>
                  <service><provide interface="dev.mortise.api.http.RouteProvider"/></service>
                </scr:component>
                """.formatted(id, VersionedRoutes.class.getName());
    }

    private String migration() {
        return "CREATE TABLE p_%s__things (id bigint PRIMARY KEY, name text NOT NULL);\n"
                .formatted(id.replace('-', '_'));
    }
}
