// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.plugin.StartRefused;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Runs all that a worker does when it starts, with a small plugin of its own, and ends: so that the JVM can be told to keep the
 * classes (-XX:ArchiveClassesAtExit) and the workers behind it start in half the time.
 */
public final class Rehearsal {
    private static final String KEY = "A".repeat(43);
    /** Until the year 2100. */
    private static final String CLAIMS = "{\"aud\":\"rehearsal\",\"exp\":4102444800}";

    private Rehearsal() {}

    /** Rehearses once; the exit code tells whether all went well. */
    public static void main(String[] none) throws Exception {
        Path jar = Files.createTempFile("mortise-rehearsal-", ".jar");
        try {
            RehearsalJar.write(jar);
            rehearse(jar);
        } finally {
            Files.delete(jar);
        }
        System.exit(0);
    }

    private static void rehearse(Path jar) throws Exit, InterruptedException, IOException, StartRefused {
        Map<String, String> environment = System.getenv();
        Given given = new Given(new Given.State("", List.of(KEY), Optional.empty(), Map.of()));
        WorkerServer server = Startup.listen("127.0.0.1", 0);
        try (Worker worker = new Startup(JarSource.open(jar, environment, true), environment, given)
                .start(
                        server,
                        new CoreClient(URI.create("http://127.0.0.1:" + server.port()), () -> ""),
                        new MemorySharedDataStore(Clock.systemUTC()),
                        Duration.ZERO)) {
            worker.begin(Optional.of(() -> given.now().hopKeys()));
            expect(server.port(), "/metadata", 200);
            expect(server.port(), "/health", 200);
            expect(server.port(), "/rehearsed/a", 200);
        }
    }

    private static void expect(int port, String path, int status) throws IOException, StartRefused {
        HttpURLConnection call = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        call.setRequestProperty("X-Mortise-Token", token());
        if (call.getResponseCode() != status) {
            throw new StartRefused(path + " answered " + call.getResponseCode() + ", not " + status);
        }
    }

    private static String token() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String text = encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes(UTF_8)) + "."
                + encoder.encodeToString(CLAIMS.getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(KEY), "HmacSHA256"));
            return text + "." + encoder.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
