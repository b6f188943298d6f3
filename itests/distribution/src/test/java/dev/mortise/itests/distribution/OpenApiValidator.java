// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A public validator of OpenAPI documents from npm, in exact versions; runs on the machine's Node. */
record OpenApiValidator(Path folder) {
    private static final Path PACKAGE = Path.of("src/test/npm/package.json");
    private static final String TOOL = "node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js";
    private static final List<String> INSTALL =
            List.of("npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
    private static final int PATIENCE_SECONDS = 120;

    /** Answers the validator; without Node, or a network on the first run, the test is skipped with what to do. */
    static OpenApiValidator find() throws Exception {
        OpenApiValidator validator =
                new OpenApiValidator(Path.of("target/openapi-validator").toAbsolutePath());
        Assumptions.assumeTrue(
                Programs.present("node") && Programs.present("npm"),
                "node and npm are missing: apt-get install nodejs npm, or nodejs.org");
        Files.createDirectories(validator.folder);
        Files.copy(PACKAGE, validator.folder.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        if (!Files.exists(validator.folder.resolve(TOOL))) {
            Outcome installed = validator.run(INSTALL);
            Assumptions.assumeTrue(
                    installed.code == 0,
                    "The validator is not installed, and npm can't fetch it now. With a network: cd " + validator.folder
                            + " && " + String.join(" ", INSTALL) + "\n" + installed.output);
        }
        return validator;
    }

    /** Answers what it has against a document; nothing when the document is good. */
    String violations(String document) throws Exception {
        Path file = Files.writeString(folder.resolve("openapi.json"), document);
        Outcome outcome = run(List.of("node", TOOL, file.toString()));
        return outcome.code == 0 ? "" : outcome.output + " (exit code " + outcome.code + ")";
    }

    private record Outcome(int code, String output) {}

    private Outcome run(List<String> command) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new Outcome(-1, String.join(" ", command) + " took longer than " + PATIENCE_SECONDS + " s.");
        }
        return new Outcome(process.exitValue(), Files.readString(output, UTF_8));
    }
}
