// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.tenant;

import dev.mortise.itests.bench.calls.ClassFiles;
import dev.mortise.itests.bench.plugins.RowsRoutes;
import dev.mortise.itests.harness.plugins.JarText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The plugin that reads rows of tenants: two tables with the same rows, of which one is of tenants. */
final class RowsPlugin {
    static final String ID = "rows";

    private RowsPlugin() {}

    static Path write(Path folder) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        JarText.put(entries, "META-INF/MANIFEST.MF", """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: %s
                Bundle-Version: 1.0.0
                Import-Package: dev.mortise.api.call,dev.mortise.api.http,javax.sql
                Service-Component: OSGI-INF/routes.xml
                """.formatted(ID));
        JarText.put(entries, "plugin.json", """
                {"id": "%s", "name": "Rows", "version": "1.0.0"}
                """.formatted(ID));
        JarText.put(entries, "migrations/1__rows.sql", """
                CREATE TABLE p_rows__tenants (id bigint PRIMARY KEY, text text NOT NULL);
                SELECT mortise.tenant_table('p_rows__tenants');
                CREATE TABLE p_rows__plain (id bigint PRIMARY KEY, text text NOT NULL);
                """);
        JarText.put(entries, "OSGI-INF/routes.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s.routes" init="2">
                  <implementation class="%s"/>
                  <service><provide interface="dev.mortise.api.http.RouteProvider"/></service>
                  <reference name="database" interface="javax.sql.DataSource" parameter="0"/>
                  <reference name="tenants" interface="dev.mortise.api.call.Tenants" parameter="1"/>
                </scr:component>
                """.formatted(ID, RowsRoutes.class.getName()));
        ClassFiles.put(entries, "plugins/RowsRoutes");
        ClassFiles.put(entries, "plugins/Rows");
        ClassFiles.put(entries, "plugins/Answers");
        return JarText.write(folder.resolve(ID + ".jar"), entries);
    }
}
