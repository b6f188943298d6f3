// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs made with the public SDK of the Model Context Protocol from npm, in locked versions; on the machine's Node. */
record McpPrograms(Path folder) {
    private static final Path SOURCES = Path.of("src/test/npm/mcp");
    private static final List<String> INSTALL =
            List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    private static final int PATIENCE_SECONDS = 120;

    /** Answers the programs; without Node, or a network on the first run, the test is skipped with what to do. */
    static McpPrograms find() throws Exception {
        McpPrograms programs = new McpPrograms(Path.of("target/mcp-programs").toAbsolutePath());
        Assumptions.assumeTrue(
                Programs.present("node") && Programs.present("npm"),
                "node and npm are missing: apt-get install nodejs npm, or nodejs.org");
        Files.createDirectories(programs.folder);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                Files.copy(
                        source,
                        programs.folder.resolve(source.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(programs.folder.resolve("node_modules/@modelcontextprotocol/sdk/package.json"))) {
            programs.install();
        }
        return programs;
    }

    private void install() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process npm = new ProcessBuilder(INSTALL)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean done = npm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && npm.exitValue() == 0;
        if (!done) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        Assumptions.assumeTrue(
                done,
                "The SDK is not installed, and npm can't fetch it now. With a network: cd " + folder + " && "
                        + String.join(" ", INSTALL) + "\n" + Files.readString(output));
    }

    /** Starts one of them. */
    Process start(String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("node", folder.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
