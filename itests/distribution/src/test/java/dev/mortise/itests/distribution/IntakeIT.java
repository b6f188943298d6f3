// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are not what they should be, and jars that somebody must have signed. */
final class IntakeIT {
    private static final Product PRODUCT = Product.find();

    @AutoClose
    private static Container container;

    private static Markers markers;

    @TempDir
    private Path made;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        markers = Markers.of(container);
    }

    @Test
    void aNameThatLeadsOutOfTheJarIsRefusedAndWritesNothing() throws Exception {
        container.drop(
                plugin("slip").jar().withEntry("../../slipped", "x").writeTo(made.resolve("slip.jar")), "slip.jar");

        assertThat(markers.firstLine("slip.jar.failed"))
                .isEqualTo("slip.jar is not taken: entry '../../slipped' has a name that leads out of the jar. Mend the"
                        + " jar and drop it again.");
        try (Stream<Path> all = Files.walk(container.home().resolve(".."))) {
            assertThat(all.filter(file -> file.endsWith("slipped"))).isEmpty();
        }
    }

    @Test
    void aBombInAnArchiveIsRefused() throws Exception {
        byte[] inner =
                plugin("inner").jar().withEntry("bomb", new byte[200 << 20]).bytes();

        container.drop(
                plugin("bomb").jar().withEntry("lib/inner.jar", inner).writeTo(made.resolve("bomb.jar")), "bomb.jar");

        assertThat(markers.firstLine("bomb.jar.failed")).startsWith("bomb.jar is not taken: with the archives in it");
        try (Stream<Path> store = Files.list(container.home().resolve("data/store"))) {
            assertThat(store.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void aHeaderThatNoPluginMayHaveIsNamed() throws Exception {
        container.drop(
                plugin("exporter")
                        .jar()
                        .withHeader("Export-Package", "com.acme;version=\"1.0\";uses:=\"com.acme.x\"")
                        .writeTo(made.resolve("exporter.jar")),
                "exporter.jar");

        assertThat(markers.firstLine("exporter.jar.failed")).contains("header Export-Package is refused: ");
    }

    @Test
    void aJarThatIsCutOffIsTakenWhenItIsCompleted() throws Exception {
        byte[] jar = plugin("late").jar().bytes();
        Path dropped = container.home().resolve("plugins/late.jar");
        Files.write(dropped, Arrays.copyOf(jar, jar.length / 2));
        assertThat(markers.firstLine("late.jar.failed"))
                .isEqualTo("late.jar is cut off: the directory at its end is missing. It is taken as soon as it is"
                        + " whole.");

        Files.write(dropped, Arrays.copyOfRange(jar, jar.length / 2, jar.length), StandardOpenOption.APPEND);

        container.awaitState("late", "READY");
        assertThat(markers.firstLine("late.jar.deployed")).startsWith("late 1.0.0 ");
    }

    @Test
    void aJarThatIsCopiedSlowlyIsTakenOnceAndWithoutAnError() throws Exception {
        byte[] jar = plugin("slow").jar().bytes();
        Path dropped = Files.createFile(container.home().resolve("plugins/slow.jar"));
        int piece = Math.max(1, jar.length / 100);
        for (int at = 0; at < jar.length; at += piece) {
            byte[] next = Arrays.copyOfRange(jar, at, Math.min(jar.length, at + piece));
            Files.write(dropped, next, StandardOpenOption.APPEND);
            TimeUnit.MILLISECONDS.sleep(30); // a copy that takes three seconds is what is tested
        }

        container.awaitState("slow", "READY");
        String log = Files.readString(container.home().resolve("log/mortise.log"));
        assertThat(log.lines().filter(line -> line.contains("slow") && line.contains("ERROR")))
                .isEmpty();
        assertThat(container.admin().get("/api/v1/plugins/slow").json().path("versions"))
                .hasSize(1);
    }

    @Test
    void anUploadMayBeAsLargeAsAJarOfTheFolder() {
        Operator operator = Operator.of(container);
        byte[] jar = plugin("heavy").jar().withEntry("ballast", noise(20)).bytes();

        Operator.done(operator.upload("?wait=true", jar));

        assertThat(operator.plugin("heavy").path("state").asText()).isEqualTo("READY");
        assertThat(operator.upload("/plan", jar).status()).isEqualTo(200);
        assertThat(operator.uploadForm(jar, "heavy.jar").status()).isEqualTo(200);
    }

    @Test
    void aLargerUploadIsRefusedWithTheKeyThatBoundsIt() throws Exception {
        Operator operator = Operator.of(container);
        byte[] jar = Arrays.copyOf(noise(64), (64 << 20) + 1000);

        for (Answer answer : List.of(
                operator.upload("?wait=true", jar), operator.upload("/plan", jar), operator.uploadForm(jar, "x.jar"))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(413);
            assertThat(answer.body())
                    .contains("is not taken: it has more than the 64 MB that are allowed. Make it smaller, or raise"
                            + " 'intake.max-jar-mb' in etc/host.properties.");
        }
        try (Stream<Path> store = Files.list(container.home().resolve("data/store"))) {
            assertThat(store.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void everyOtherBodyKeepsTheLimitOfTheListener() throws Exception {
        container.awaitState("worker-token", "READY");

        for (String path : List.of("/api/v1/p/worker-token/tokens", "/api/v1/dependencies/validate")) {
            assertThat(announced(path, 11 << 20))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("The body of a request has at most 10 MB. Send less, or raise 'body.max.mb' in"
                            + " etc/http.properties.");
        }
    }

    /** Announces a body, as curl does before it sends a large one, and answers what is said to that. */
    private static String announced(String path, int length) throws IOException {
        Client client = container.client();
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n");
        client.fields().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + length + "\r\n\r\n");
        try (Socket socket = new Socket(client.base().getHost(), client.base().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Answers megabytes that no packing makes smaller. */
    private static byte[] noise(int megabytes) {
        byte[] noise = new byte[megabytes << 20];
        new Random(1).nextBytes(noise);
        return noise;
    }

    @Test
    void onlySignedJarsAreTakenWhereThatIsThePolicy() throws Exception {
        Path home = Files.createDirectories(made.resolve("home"));
        Map<String, String> signed = Map.of("MORTISE_HOST_INTAKE_POLICY", "signed");
        try (Container refused = Container.start(PRODUCT, home, signed)) {
            assertThat(refused.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(refused.process().exitValue()).isEqualTo(3);
            assertThat(refused.output())
                    .contains("host.intake.policy is 'signed', but '")
                    .contains("etc/trusted-signers.pem' is missing. ");
        }
        tool("keytool", "-genkeypair", "-alias", "me", "-keyalg", "EC", "-dname", "CN=Alice");
        tool("keytool", "-exportcert", "-rfc", "-alias", "me", "-file", home + "/etc/trusted-signers.pem");
        Path jar = plugin("asigned").jar().writeTo(made.resolve("asigned.jar"));
        tool("jarsigner", jar.toString(), "me");

        try (Container strict = Container.start(PRODUCT, home, signed).awaitReady()) {
            strict.drop(jar, "asigned.jar");
            strict.drop(plugin("plain").jar().writeTo(made.resolve("plain.jar")), "plain.jar");

            strict.awaitState("asigned", "READY");
            assertThat(Markers.of(strict).firstLine("plain.jar.failed"))
                    .isEqualTo("plain.jar is not taken: it is not signed, and intake.policy asks for it. Sign the jar"
                            + " with jarsigner and a key that intake.trusted-certificates trusts.");
        }
    }

    private void tool(String name, String... words) throws Exception {
        Stream<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", name)
                                .toString()),
                        Stream.of("-keystore", made.resolve("keys.p12").toString(), "-storepass", "changeit"),
                        Arrays.stream(words))
                .flatMap(part -> part);
        Process process =
                new ProcessBuilder(command.toList()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
