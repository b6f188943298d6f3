// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.annotations.Component;

class PluginJarTest {
    @TempDir
    private Path folder;

    /** A component of the plugin that is built here. */
    @Component
    public static final class Hello implements RouteProvider {
        @Override
        public List<Route> routes() {
            return List.of(Route.get("/hello", request -> Response.text("hello")));
        }

        /** Comes along. */
        public record Nested(String text) {}
    }

    @Test
    void writesABundleWithPluginJsonAndMigrations() throws IOException {
        Path file = plugin("reports")
                .version("1.2.0-rc.1")
                .jar()
                .withMigration("1__create.sql", "CREATE TABLE p_reports__a (id int);")
                .writeInto(folder);

        assertThat(file).hasFileName("reports-1.2.0.jar");
        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes main = jar.getManifest().getMainAttributes();
            assertThat(main.getValue("Bundle-ManifestVersion")).isEqualTo("2");
            assertThat(main.getValue("Bundle-SymbolicName")).isEqualTo("reports");
            assertThat(main.getValue("Bundle-Version")).isEqualTo("1.2.0");
            assertThat(jar.getEntry("migrations/1__create.sql")).isNotNull();
            assertThat(new String(
                            jar.getInputStream(jar.getEntry("plugin.json")).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plugin("reports").version("1.2.0-rc.1").json());
        }
        assertThat(folder).isDirectoryNotContaining("glob:**draft*");
    }

    @Test
    void letsBndWorkOutComponentsAndImports() throws IOException {
        Map<String, byte[]> entries =
                entries(plugin("hello").jar().withClasses(Hello.class).bytes());

        String manifest = new String(entries.get("META-INF/MANIFEST.MF"), StandardCharsets.UTF_8).replace("\r\n ", "");
        assertThat(manifest)
                .contains("Service-Component: OSGI-INF/" + Hello.class.getName() + ".xml")
                .containsPattern("Import-Package: .*dev\\.mortise\\.api\\.http;version=\"\\[1\\.0,2\\)\"")
                .contains("objectClass:List<String>=\"dev.mortise.api.http.RouteProvider\"")
                .doesNotContain("Export-Package", "jspecify");
        assertThat(entries)
                .containsKey("OSGI-INF/" + Hello.class.getName() + ".xml")
                .containsKey(Hello.class.getName().replace('.', '/') + "$Nested.class");
    }

    @Test
    void breaksWhateverATestWantsBroken() throws IOException {
        Map<String, byte[]> entries = entries(plugin("evil")
                .jar()
                .without("plugin.json")
                .withEntry("../../etc/passwd", "root")
                .withHeader("DynamicImport-Package", "*")
                .withoutHeader("Bundle-SymbolicName")
                .bytes());

        String manifest = new String(entries.get("META-INF/MANIFEST.MF"), StandardCharsets.UTF_8);
        assertThat(entries).containsKey("../../etc/passwd").doesNotContainKey("plugin.json");
        assertThat(manifest).contains("DynamicImport-Package: *").doesNotContain("SymbolicName");
    }

    @Test
    void makesEqualBytesOfEqualPlugins() {
        assertThat(plugin("a-b").offers("a.b").jar().withClasses(Hello.class).bytes())
                .isEqualTo(plugin("a-b")
                        .offers("a.b")
                        .jar()
                        .withClasses(Hello.class)
                        .bytes())
                .isNotEqualTo(plugin("a-b")
                        .offers("a.c")
                        .jar()
                        .withClasses(Hello.class)
                        .bytes());
    }

    @Test
    void makesABundleThatIsNoPlugin() throws IOException {
        assertThat(entries(PluginJar.bundle("org.example").bytes())).containsOnlyKeys("META-INF/MANIFEST.MF");
    }

    private static Map<String, byte[]> entries(byte[] jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
