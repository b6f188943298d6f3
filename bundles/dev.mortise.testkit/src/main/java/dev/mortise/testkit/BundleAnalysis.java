// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.File;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;

/** Lets bnd work out what classes import and which declarative services they are. */
final class BundleAnalysis {
    private static final String COMPONENTS = "OSGI-INF/";

    private BundleAnalysis() {}

    /** Answers the manifest for the classes, and puts the descriptions of their components beside them. */
    static Manifest complete(Map<String, byte[]> content) {
        try (Builder analyzer = new Builder()) {
            analyzer.setJar(new Jar("plugin"));
            content.forEach((name, bytes) ->
                    analyzer.getJar().putResource(name, new EmbeddedResource(ByteBuffer.wrap(bytes), 0L)));
            analyzer.setProperty("-noextraheaders", "true");
            analyzer.setProperty("-removeheaders", "Export-Package"); // the test's own package may say @Export
            analyzer.setProperty("Import-Package", "!org.jspecify.annotations,*");
            for (File entry : classPath()) {
                analyzer.addClasspath(entry);
            }
            Manifest manifest = analyzer.calcManifest();
            if (!analyzer.isOk()) {
                throw new IllegalArgumentException("bnd can't make a bundle of these classes: " + analyzer.getErrors());
            }
            for (Map.Entry<String, Resource> entry :
                    analyzer.getJar().getResources().entrySet()) {
                if (entry.getKey().startsWith(COMPONENTS)) {
                    content.put(entry.getKey(), read(entry.getValue()));
                }
            }
            return manifest;
        } catch (Exception e) {
            throw e instanceof RuntimeException known ? known : new IllegalStateException("bnd failed.", e);
        }
    }

    // imports get their versions from what the test runs with
    private static List<File> classPath() {
        List<File> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            File file = new File(entry);
            if (file.exists()) {
                entries.add(file);
            }
        }
        return entries;
    }

    private static byte[] read(Resource resource) throws Exception {
        ByteBuffer buffer = resource.buffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
