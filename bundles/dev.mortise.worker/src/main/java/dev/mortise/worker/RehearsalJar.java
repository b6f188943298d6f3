// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.worker.rehearsal.RehearsedRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Writes the jar of a small plugin from what lies on the class path. */
final class RehearsalJar {
    private static final String FOLDER = "dev/mortise/worker/rehearsal/";

    private RehearsalJar() {}

    static void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest())) {
            copy(jar, FOLDER + "plugin.json", "plugin.json");
            copy(jar, FOLDER + "component.xml", "OSGI-INF/component.xml");
            for (String type : List.of("RehearsedRoutes", "RehearsedRoutes$Answer")) {
                copy(jar, FOLDER + type + ".class", FOLDER + type + ".class");
            }
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "rehearsal");
        headers.putValue("Service-Component", "OSGI-INF/component.xml");
        headers.putValue("Import-Package", "dev.mortise.api.http,dev.mortise.api.json");
        headers.putValue(
                "Require-Capability",
                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4.0)(!(version>=2.0.0)))\"");
        return manifest;
    }

    private static void copy(JarOutputStream jar, String resource, String entry) throws IOException {
        try (InputStream in = RehearsedRoutes.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path.");
            }
            jar.putNextEntry(new ZipEntry(entry));
            in.transferTo(jar);
        }
    }
}
