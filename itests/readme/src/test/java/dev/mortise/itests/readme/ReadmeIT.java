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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README's command blocks as one session of a reader who has written its files, in a home, a project folder
 * and on a port of the test's own. As with a reader, the API stays in the local Maven repository.
 */
class ReadmeIT {
    /** The command that this test is part of; running it here would never end. */
    private static final String VERIFY = "./mvnw verify\n";

    private static final String GREETING = "{\"hello\":\"Ada\",\"tenant\":\"default\"}";

    private final Product product = Product.find();
    private final int port = freePort();

    @TempDir
    Path folder;

    @Test
    void namesTheTwoCommandsThatDoEverything() throws IOException {
        List<String> blocks = readme().blocks("sh");

        assertThat(blocks).contains("./mortise demo\n", VERIFY);
    }

    @Test
    void showsAWholePluginAndNamesEachFileOfIt() throws IOException {
        Readme readme = readme();

        assertThat(readme.files())
                .containsOnlyKeys(
                        "hello/pom.xml",
                        "hello/src/main/resources/plugin.json",
                        "hello/src/main/java/hello/Greetings.java");
        assertThat(readme.files().values())
                .containsExactlyInAnyOrderElementsOf(Stream.of("xml", "json", "java")
                        .flatMap(language -> readme.blocks(language).stream())
                        .toList());
        assertThat(readme.text()).contains("`" + GREETING + "`");
    }

    @Test
    void runsEveryCommandBlock() throws Exception {
        for (Map.Entry<String, String> file : readme().files().entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
        String commands = readme().blocks("sh").stream()
                .filter(block -> !block.equals(VERIFY))
                .map(this::inOwnFolders)
                .collect(Collectors.joining("\n"));
        Session session = new Session(product.root(), folder.resolve("output.txt"));

        int exit = session.run(folder.resolve("session.sh"), commands);

        assertThat(exit).as(session.printed()).isZero();
        assertThat(session.printed())
                .contains("totalProducts", "WAITING", "hello is READY", GREETING, "There is no plugin 'hello'.");
    }

    private Readme readme() throws IOException {
        return Readme.of(product.root().resolve("README.md"));
    }

    private String inOwnFolders(String block) {
        return block.replace("./mvnw ", "./mvnw " + localRepository())
                .replace("./mortise run", "./mortise run --home " + folder.resolve("home") + " --http-port " + port)
                .replace("runtime/", folder.resolve("home") + "/")
                .replaceAll("(?<= )hello/", folder + "/hello/")
                .replace(":8080", ":" + port);
    }

    /** Lets a build inside this one find what this one has found: Failsafe says where. */
    private static String localRepository() {
        return Optional.ofNullable(System.getProperty("localRepository"))
                .map(repository -> "'-Dmaven.repo.local=" + repository + "' ")
                .orElse("");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
