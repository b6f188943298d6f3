// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A plugin's jar with one route, with or without a first migration. */
record HelloJar(String id, boolean migrates) {
    private static final String CODE = Hello.class.getName().replace('.', '/') + ".class";

    /** Writes the jar and answers it. */
    Path write(Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                InputStream code = Hello.class.getResourceAsStream("/" + CODE)) {
            put(jar, "META-INF/MANIFEST.MF", manifest().getBytes(UTF_8));
            put(jar, "plugin.json", json().getBytes(UTF_8));
            put(jar, "OSGI-INF/hello.xml", component().getBytes(UTF_8));
            put(jar, CODE, code.readAllBytes());
            if (migrates) {
                put(jar, "migrations/1__things.sql", migration().getBytes(UTF_8));
            }
        }
        return file;
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
    }

    private String manifest() {
        return """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: bench.%s
                Bundle-Version: 1.0.0
                Import-Package: dev.mortise.api.http;version="[1.0,2)"
                Service-Component: OSGI-INF/hello.xml
                """.formatted(id);
    }

    private String json() {
        return """
                {"id": "%s", "name": "%s", "version": "1.0.0"}
                """.formatted(id, id);
    }

    private String component() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s.hello">
                  <implementation class="%s"/>
                  <service><provide interface="dev.mortise.api.http.RouteProvider"/></service>
                </scr:component>
                """.formatted(id, Hello.class.getName());
    }

    private String migration() {
        return "CREATE TABLE p_%s__things (id bigint PRIMARY KEY, name text NOT NULL);\n"
                .formatted(id.replace('-', '_'));
    }
}
