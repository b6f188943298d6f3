// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds jars for tests, entry by entry. */
public final class TestJar {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private TestJar() {}

    /** Begins an empty jar. */
    public static TestJar empty() {
        return new TestJar();
    }

    /** Begins a bundle. */
    public static TestJar bundle(String symbolicName) {
        return new TestJar()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", "1.0.0");
    }

    /** Begins a bundle with a {@code plugin.json} that the tests' reader understands. */
    public static TestJar plugin(String id, String version) {
        return bundle("test." + id).entry("plugin.json", "{\"id\":\"" + id + "\",\"version\":\"" + version + "\"}");
    }

    /** Sets a header. */
    public TestJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds an entry. */
    public TestJar entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds an entry. */
    public TestJar entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** Adds classes of the test's class path. */
    public TestJar classes(Class<?>... types) {
        for (Class<?> type : types) {
            String name = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                entry(name, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** Answers the jar. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            if (!headers.isEmpty()) {
                write(zip, "META-INF/MANIFEST.MF", manifest());
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                write(zip, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the jar and moves it to its place in one step. */
    public Path at(Path target) {
        try {
            Files.createDirectories(target.getParent());
            Path temporary = Files.createTempFile(target.getParent(), ".", ".tmp");
            Files.write(temporary, bytes());
            return Files.move(temporary, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] manifest() {
        StringBuilder text = new StringBuilder("Manifest-Version: 1.0\r\n");
        headers.forEach((name, value) -> text.append(fold(name + ": " + value)).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String fold(String line) {
        return line.replaceAll("(.{70})(?=.)", "$1\r\n ");
    }

    private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
