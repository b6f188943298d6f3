// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds the jar of a plugin, right or wrong: a real bundle with {@code plugin.json}, migrations, and classes whose
 * annotations of declarative services and imports are worked out by bnd, as in a plugin author's build. Equal plugins
 * give equal bytes.
 */
public final class PluginJar {
    private static final LocalDateTime BUILT = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, Optional<String>> headers = new LinkedHashMap<>();
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final String symbolicName;
    private final String bundleVersion;

    private PluginJar(String symbolicName, String bundleVersion) {
        this.symbolicName = symbolicName;
        this.bundleVersion = bundleVersion;
    }

    static PluginJar of(String id, String version, String json) {
        String release = version.matches("\\d+\\.\\d+\\.\\d+.*") ? version.replaceAll("[-+].*", "") : "1.0.0";
        return new PluginJar(id.matches("[A-Za-z0-9._-]+") ? id : "plugin", release).withEntry("plugin.json", json);
    }

    /** Starts a bundle that is no plugin. */
    public static PluginJar bundle(String symbolicName) {
        return new PluginJar(symbolicName, "1.0.0");
    }

    /** Adds classes; their nested classes come with them. */
    public PluginJar withClasses(Class<?>... types) {
        classes.addAll(List.of(types));
        return this;
    }

    /** Adds {@code migrations/<name>}, such as {@code 1__create.sql}. */
    public PluginJar withMigration(String name, String sql) {
        return withEntry("migrations/" + name, sql);
    }

    /** Adds or replaces an entry under any name, hostile ones too. */
    public PluginJar withEntry(String name, String text) {
        return withEntry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds or replaces an entry under any name, hostile ones too. */
    public PluginJar withEntry(String name, byte[] bytes) {
        entries.put(name, bytes.clone());
        return this;
    }

    /** Takes an entry away, {@code plugin.json} for example. */
    public PluginJar without(String name) {
        entries.remove(name);
        return this;
    }

    /** Sets a header of the bundle's manifest, whatever was worked out for it. */
    public PluginJar withHeader(String name, String value) {
        headers.put(name, Optional.of(value));
        return this;
    }

    /** Takes a header of the bundle's manifest away. */
    public PluginJar withoutHeader(String name) {
        headers.put(name, Optional.empty());
        return this;
    }

    /** Answers the jar's bytes. */
    public byte[] bytes() {
        Map<String, byte[]> content = new LinkedHashMap<>();
        classes.forEach(type -> content.putAll(ClassFiles.of(type)));
        Manifest manifest = content.isEmpty() ? new Manifest() : BundleAnalysis.complete(content);
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", bundleVersion);
        headers.forEach((name, value) ->
                value.ifPresentOrElse(text -> main.putValue(name, text), () -> main.remove(new Attributes.Name(name))));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "META-INF/MANIFEST.MF", written(manifest));
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A jar in memory can't be written.", e);
        }
        return bytes.toByteArray();
    }

    /** Writes the jar under its final name in one step, so that a watcher never sees half of it; answers the path. */
    public Path writeTo(Path file) {
        try {
            Path parent = Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(parent, ".draft", null);
            Files.write(draft, bytes());
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar " + file + " can't be written.", e);
        }
    }

    /** Writes {@code <id>-<version>.jar} into a folder; answers the path. */
    public Path writeInto(Path folder) {
        return writeTo(folder.resolve(symbolicName + "-" + bundleVersion + ".jar"));
    }

    private static byte[] written(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    // a fixed time, so that equal plugins are equal jars
    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(BUILT);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
