// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.testkit.call.RequestBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadRoutesTest {
    private static final String PATH = "/api/v1/plugins";
    private static final String JAR = "application/java-archive";

    private final StubPlugins plugins = new StubPlugins();
    private final Surface surface = new Surface(new UploadRoutes(plugins, new JacksonJsonFactory()));
    private List<Path> before = List.of();

    @BeforeEach
    void look() throws IOException {
        before = leftovers();
    }

    @AfterEach
    void leavesNoFileBehind() throws IOException {
        assertThat(leftovers()).isEqualTo(before);
    }

    @Test
    void namesTheFileAfterItsPlugin() throws Exception {
        byte[] jar = jar("plugin.json", "{\"id\":\"reports\",\"version\":\"1.2.0-rc.1\",\"unknown\":1}");

        Response response = surface.call("POST", PATH, upload(JAR, jar));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers().first("Location")).contains("/api/v1/plugins/reports");
        assertThat(plugins.orders).containsExactly("install reports-1.2.0-rc.1.jar " + jar.length);
    }

    @Test
    void takesTheMediaTypeInAnyCaseAndWithParameters() throws Exception {
        byte[] jar = jar("plugin.json", "{\"id\":\"reports\",\"version\":\"1.0.0\"}");

        assertThat(surface.call("POST", PATH, upload("Application/Java-Archive; x=y", jar))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "application/zip", "", "application/java-archives"})
    void namesTheMediaTypesWhenAnotherIsSent(String type) throws Exception {
        var refusal =
                surface.refuses("POST", PATH, upload(type, jar("plugin.json", "{}")), ErrorCode.UNSUPPORTED_MEDIA_TYPE);

        assertThat(refusal).hasMessageContaining(JAR).hasMessageContaining("multipart/form-data");
    }

    @Test
    void refusesWhatIsNoJar() {
        var refusal = surface.refuses(
                "POST", PATH, upload(JAR, "hello".getBytes(StandardCharsets.UTF_8)), ErrorCode.VALIDATION_FAILED);

        assertThat(refusal).hasMessageContaining("not a zip file");
    }

    @Test
    void refusesABundleThatIsNoPlugin() throws Exception {
        var refusal = surface.refuses("POST", PATH, upload(JAR, jar("x.txt", "x")), ErrorCode.VALIDATION_FAILED);

        assertThat(refusal).hasMessageContaining("plugin.json is missing at its root");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"../../etc/x\",\"version\":\"1.0.0\"}",
                "{\"id\":\"reports\",\"version\":\"../1.0.0\"}",
                "{\"id\":\"core\",\"version\":\"1.0.0\"}",
                "{\"version\":\"1.0.0\"}",
                "{\"id\":[\"reports\"],\"version\":\"1.0.0\"}",
                "[]",
                "not json",
                "null",
                ""
            })
    void letsNothingButAnIdAndAVersionIntoAFileName(String manifest) throws Exception {
        surface.refuses("POST", PATH, upload(JAR, jar("plugin.json", manifest)), ErrorCode.VALIDATION_FAILED);

        assertThat(plugins.orders).isEmpty();
    }

    @Test
    void readsNoEndlessManifest() throws Exception {
        byte[] jar =
                jar("plugin.json", "{\"id\":\"reports\",\"version\":\"1.0.0\",\"x\":\"" + "y".repeat(1 << 20) + "\"}");

        assertThat(surface.refuses("POST", PATH, upload(JAR, jar), ErrorCode.VALIDATION_FAILED))
                .hasMessageContaining("larger than 1 MB");
    }

    private static RequestBuilder upload(String type, byte[] bytes) {
        return Requests.admin().header("Content-Type", type).body(Body.of(bytes));
    }

    private static byte[] jar(String entry, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<Path> leftovers() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("mortise-upload-"))
                    .sorted()
                    .toList();
        }
    }
}
