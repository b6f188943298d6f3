// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.bench.felix.PlainFelix;
import dev.mortise.itests.bench.felix.ServletJar;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Plain Felix with fileinstall and a servlet whiteboard, a process of its own with the flags that Mortise has. */
final class FelixFolder implements Contestant {
    private final Product product;
    private final Path home;
    private final int pollMillis;
    private final int port;
    private Optional<Process> process = Optional.empty();

    FelixFolder(Product product, Path home, int pollMillis) throws IOException {
        this.product = product;
        this.home = home;
        this.pollMillis = pollMillis;
        Files.createDirectories(folder());
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @Override
    public String name() {
        return "Felix " + pollMillis + " ms";
    }

    @Override
    public void start() throws Exception {
        Path target = product.root().resolve("itests/bench/target");
        process = Optional.of(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms48m",
                        "-XX:-UsePerfData",
                        "-cp",
                        target.resolve("classes") + ":" + target.resolve("felix/path") + "/*",
                        PlainFelix.class.getName(),
                        target.resolve("felix/bundles").toString(),
                        folder().toString(),
                        home.resolve("cache").toString(),
                        Integer.toString(port),
                        Integer.toString(pollMillis))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("out").toFile()))
                .start());
    }

    @Override
    public void awaitOpen() throws Exception {
        Clock.until(System.nanoTime(), () -> Clock.status(client(), "/") > 0);
    }

    @Override
    public Path folder() {
        return home.resolve("load");
    }

    @Override
    public Path write(Path file, String id, String version) throws IOException {
        return new ServletJar(id, version).write(file);
    }

    @Override
    public Client client() {
        return new Client(URI.create("http://127.0.0.1:" + port));
    }

    @Override
    public String route(String id) {
        return "/" + id + "/version";
    }

    @Override
    public long pid() {
        return process.orElseThrow().pid();
    }

    @Override
    public void close() throws Exception {
        if (process.isPresent()) {
            process.get().destroy();
            if (!process.get().waitFor(60, TimeUnit.SECONDS)) {
                process.get().destroyForcibly().waitFor();
            }
        }
    }
}
