// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.shared;

import dev.mortise.itests.bench.calls.ClassFiles;
import dev.mortise.itests.bench.plugins.SharedRoutes;
import dev.mortise.itests.harness.plugins.JarText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The plugin that uses shared data. */
final class SharedPlugin {
    static final String ID = "sharer";

    private SharedPlugin() {}

    static Path write(Path folder) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        JarText.put(entries, "META-INF/MANIFEST.MF", """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: %s
                Bundle-Version: 1.0.0
                Import-Package: dev.mortise.api.http,dev.mortise.api.shared
                Service-Component: OSGI-INF/routes.xml
                """.formatted(ID));
        JarText.put(entries, "plugin.json", """
                {"id": "%s", "name": "Sharer", "version": "1.0.0"}
                """.formatted(ID));
        JarText.put(entries, "OSGI-INF/routes.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s.routes" init="1">
                  <implementation class="%s"/>
                  <service><provide interface="dev.mortise.api.http.RouteProvider"/></service>
                  <reference name="shared" interface="dev.mortise.api.shared.SharedData" parameter="0"/>
                </scr:component>
                """.formatted(ID, SharedRoutes.class.getName()));
        ClassFiles.put(entries, "plugins/SharedRoutes");
        ClassFiles.put(entries, "plugins/Answers");
        return JarText.write(folder.resolve(ID + ".jar"), entries);
    }
}
