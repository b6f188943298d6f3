// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.tenant;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.itests.bench.calls.ClassFiles;
import dev.mortise.itests.bench.plugins.RowsRoutes;
import dev.mortise.itests.harness.plugins.JarText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;

/**
 * The plugin that reads rows of tenants: two tables with the same rows, of which one is of tenants. It brings a pool and a
 * driver of its own, so that what is compared runs in one process, on one thread.
 */
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
                Bundle-ClassPath: .,lib/pool.jar,lib/driver.jar,lib/log.jar
                Import-Package: dev.mortise.api.call,dev.mortise.api.http,javax.sql,
                 javax.management,javax.naming,javax.naming.spi,javax.net,javax.net.ssl,
                 javax.crypto,javax.crypto.spec,javax.security.auth,javax.security.sasl,
                 javax.security.auth.x500,javax.transaction.xa,javax.xml.transform,
                 javax.security.auth.callback,javax.security.auth.login
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
        putPlainPool(entries);
        return JarText.write(folder.resolve(ID + ".jar"), entries);
    }

    private static void putPlainPool(Map<String, byte[]> entries) throws IOException {
        ClassFiles.put(entries, "plugins/PlainPool");
        entries.put("lib/pool.jar", jarOf(HikariDataSource.class));
        entries.put("lib/driver.jar", jarOf(PGSimpleDataSource.class));
        entries.put("lib/log.jar", jarOf(Logger.class));
    }

    private static byte[] jarOf(Class<?> type) throws IOException {
        try {
            return Files.readAllBytes(Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
