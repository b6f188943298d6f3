// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A jar on its way in, kept in a temporary file that only its owner reads. Its name in the folder comes from its
 * {@code plugin.json} and never from the request; everything else is judged where jars of the folder are.
 */
final class JarUpload implements AutoCloseable {
    private static final String MANIFEST = "plugin.json";
    private static final int LARGEST_MANIFEST_BYTES = 1 << 20;

    private final Path file;

    private JarUpload(Path file) {
        this.file = file;
    }

    static JarUpload receive(Body body) throws IOException {
        JarUpload upload = new JarUpload(Files.createTempFile("mortise-upload-", ".jar"));
        try (OutputStream sink = Files.newOutputStream(upload.file)) {
            body.writeTo(sink);
            return upload;
        } catch (IOException | RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    /**
     * Answers which plugin the jar says it is.
     *
     * @throws MortiseException VALIDATION_FAILED when it is no plugin
     */
    Named named(Json lenient) throws IOException {
        Map<?, ?> manifest = manifest(lenient);
        String id = text(manifest, "id");
        String version = text(manifest, "version");
        if (!PluginId.valid(id) || !Version.valid(version)) {
            throw refusal("plugin.json of the upload has id '" + id + "' and version '" + version
                    + "'. A plugin id such as reports and a semantic version such as 1.2.3 are needed.");
        }
        return new Named(new PluginId(id), version);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    private Map<?, ?> manifest(Json lenient) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            ZipEntry entry = jar.getEntry(MANIFEST);
            if (entry == null) {
                throw refusal("The upload is no plugin: plugin.json is missing at its root.");
            }
            return lenient.read(text(jar, entry), Map.class);
        } catch (ZipException e) {
            throw refusal("The upload is not a zip file.");
        }
    }

    private static String text(Map<?, ?> manifest, String key) {
        return manifest.get(key) instanceof String text ? text : "";
    }

    /** Reads no more than the limit, whatever the entry's header says of its size. */
    private static String text(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST_BYTES + 1);
            if (bytes.length > LARGEST_MANIFEST_BYTES) {
                throw refusal("plugin.json of the upload is larger than 1 MB.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static MortiseException refusal(String sentence) {
        return new MortiseException(ErrorCode.VALIDATION_FAILED, sentence);
    }

    /** What the jar says it is. */
    record Named(PluginId id, String version) {
        String fileName() {
            return id + "-" + version + ".jar";
        }
    }
}
