// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's command blocks as one session of a reader, in a home and on a port of the test's own. */
class ReadmeIT {
    /** The command that this test is part of; running it here would never end. */
    private static final String VERIFY = "./mvnw verify\n";

    private final Product product = Product.find();

    @TempDir
    Path folder;

    @Test
    void namesTheTwoCommandsThatDoEverything() throws IOException {
        List<String> blocks = readme().blocks("sh");

        assertThat(blocks).contains("./mortise demo\n", VERIFY);
    }

    @Test
    void runsEveryCommandBlock() throws Exception {
        String session = readme().blocks("sh").stream()
                .filter(block -> !block.equals(VERIFY))
                .map(this::inOwnHome)
                .collect(Collectors.joining("\n"));

        Path script = Files.writeString(folder.resolve("session.sh"), "set -eu\n" + session);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder("bash", script.toString())
                .directory(product.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed).contains("totalProducts").contains("READY").contains("WAITING");
    }

    private Readme readme() throws IOException {
        return Readme.of(product.root().resolve("README.md"));
    }

    private String inOwnHome(String block) {
        return block.replace("./mortise run", "./mortise run --home " + folder.resolve("home") + " --http-port " + port)
                .replace("runtime/", folder.resolve("home") + "/")
                .replace("8080", String.valueOf(port));
    }

    private final int port = freePort();

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
