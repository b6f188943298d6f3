// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One running container of the assembled product. The test that starts it closes it. */
public final class Container implements AutoCloseable {
    private final Process process;
    private final Path home;
    private final Path output;

    private Container(Process process, Path home, Path output) {
        this.process = process;
        this.home = home;
        this.output = output;
    }

    /** Starts the product on a home and a free port; does not wait for it. Its output goes beside the home. */
    public static Container start(Product product, Path home, String... arguments) throws IOException {
        return start(product, home, Map.of(), arguments);
    }

    /** Does the same with some environment variables more. */
    public static Container start(Product product, Path home, Map<String, String> environment, String... arguments)
            throws IOException {
        Optional<GivenDatabase> given = GivenDatabase.shared();
        if (given.isPresent()) {
            given.get().giveTo(product, home, environment);
        }
        return firstStart(product, home, environment, arguments);
    }

    /** Does the same on a home that is left as it is: a new one makes its own database. */
    public static Container firstStart(Product product, Path home, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(product.script().toString(), "run"));
        command.addAll(List.of("--home", home.toString(), "--http-port", "0"));
        command.addAll(List.of(arguments));
        Path output = home.resolveSibling(home.getFileName() + ".out");
        Files.deleteIfExists(home.resolve("data/http-port"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        if (builder.environment().containsKey("MORTISE_WORKERS_UIDS")) {
            // temporary folders are their owner's alone, and processes of plugins are other users then
            Files.setPosixFilePermissions(
                    home.toAbsolutePath().getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        }
        return new Container(builder.start(), home, output);
    }

    /** Waits until the container says that it is ready; ends it when it does not, and prints what it had to say. */
    public Container awaitReady() {
        boolean ready = false;
        try {
            Awaitility.await("readiness of the container, whose output is: " + output)
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("the container ended", () -> !process.isAlive())
                    .until(() -> Files.exists(home.resolve("data/http-port"))
                            && anonymous().get("/health/ready").status() == 200);
            ready = true;
            return this;
        } finally {
            if (!ready) {
                process.destroyForcibly();
                System.out.println(output());
            }
        }
    }

    /** Answers a client without credential. */
    public Client anonymous() {
        return new Client(URI.create("http://127.0.0.1:" + read("data/http-port")));
    }

    /** Answers a client with the admin token. */
    public Client admin() {
        return anonymous().token(read("data/admin-token"));
    }

    /** Answers a client with the admin token that acts for the tenant {@code default}. */
    public Client client() {
        return admin().tenant("default");
    }

    /** Drops a jar into the watched folder by one rename. */
    public void drop(Path jar, String name) throws IOException {
        Path part = home.resolve("plugins/" + name + ".part");
        Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, home.resolve("plugins/" + name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Moves jars of the same file system into the watched folder, one rename after the other, as fast as can be. */
    public void dropAtOnce(List<Path> jars) throws IOException {
        for (Path jar : jars) {
            Files.move(jar, home.resolve("plugins").resolve(jar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes a jar from the watched folder. */
    public void remove(String name) throws IOException {
        Files.delete(home.resolve("plugins/" + name));
    }

    /** Waits until the admin API shows the plugin in a state. */
    public void awaitState(String plugin, String state) {
        await(plugin, "in state " + state, shown -> shown.path("state").asText().equals(state));
    }

    /** Waits until a version of the plugin is the one that is called, and READY. */
    public void awaitServing(String plugin, String version) {
        await(
                plugin,
                version + " READY",
                shown -> shown.path("version").asText().equals(version)
                        && shown.path("state").asText().equals("READY"));
    }

    private void await(String plugin, String what, Predicate<JsonNode> condition) {
        Awaitility.await("plugin " + plugin + " " + what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    Answer answer = admin().get("/api/v1/plugins/" + plugin);
                    if (!condition.test(answer.json())) {
                        throw new AssertionError(answer.body());
                    }
                });
    }

    /** Writes one line to the shell, when the container was started with {@code --shell}. */
    public void type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Answers everything that the container printed so far. */
    public String output() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers the home. */
    public Path home() {
        return home;
    }

    /** Answers the process. */
    public Process process() {
        return process;
    }

    /** Ends the container with SIGTERM and answers its exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The container did not end within 60 s after SIGTERM: " + output());
        }
        return process.exitValue();
    }

    /** Ends the container with SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
