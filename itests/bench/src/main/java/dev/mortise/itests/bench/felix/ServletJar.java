// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.felix;

import dev.mortise.itests.harness.plugins.JarText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A bundle for plain Felix: a servlet by whiteboard, a declarative service as the plugins of Mortise are. */
public record ServletJar(String id, String version) {
    private static final String CODE = VersionServlet.class.getName().replace('.', '/') + ".class";

    /** Writes the jar and answers it. */
    public Path write(Path file) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        JarText.put(entries, "META-INF/MANIFEST.MF", manifest());
        JarText.put(entries, "OSGI-INF/servlet.xml", component());
        JarText.put(entries, "version", version);
        try (InputStream code = ServletJar.class.getResourceAsStream("/" + CODE)) {
            entries.put(CODE, code.readAllBytes());
        }
        return JarText.write(file, entries);
    }

    private String manifest() {
        return """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: %s
                Bundle-Version: %s
                Import-Package: jakarta.servlet,jakarta.servlet.http
                Service-Component: OSGI-INF/servlet.xml
                """.formatted(id, version);
    }

    private String component() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s.servlet">
                  <implementation class="%s"/>
                  <property name="osgi.http.whiteboard.servlet.pattern" value="/%s/version"/>
                  <service><provide interface="jakarta.servlet.Servlet"/></service>
                </scr:component>
                """.formatted(id, VersionServlet.class.getName(), id);
    }
}
