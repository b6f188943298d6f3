// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.bench.bare.BareJetty;
import dev.mortise.itests.harness.Product;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A process of {@link BareJetty}, with the flags of the JVM that the launcher of Mortise has. */
record BareProcess(Process process, Path port) implements AutoCloseable {
    /** Starts one; {@code upstream} says how a chained call goes on. */
    static BareProcess start(Product product, Path home, String upstream) throws IOException {
        Path port = home.resolve("port");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms48m",
                        "-XX:-UsePerfData",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "-Dlogback.configurationFile=bare/logback.xml",
                        "-cp",
                        System.getProperty("java.class.path") + logging(product),
                        BareJetty.class.getName(),
                        port.toString(),
                        upstream)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
        BareProcess bare = new BareProcess(process, port);
        Awaitility.await("port of bare Jetty, whose output is in " + home)
                .atMost(Duration.ofSeconds(30))
                .failFast("it ended", () -> !process.isAlive())
                .until(() -> Files.exists(port));
        return bare;
    }

    /** The log is that of Mortise. */
    private static String logging(Product product) throws IOException {
        try (Stream<Path> jars = Files.list(product.distribution().resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("logback-"))
                    .map(jar -> File.pathSeparator + jar)
                    .collect(Collectors.joining());
        }
    }

    Server server() throws IOException {
        return new Server(URI.create("http://127.0.0.1:" + Files.readString(port)), process.pid());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
