// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Json;
import dev.mortise.itests.harness.Product;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code mortise demo}. */
final class DemoIT {
    @TempDir
    private Path folder;

    @Test
    void printsAReportAndLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ProcessBuilder builder = new ProcessBuilder(Product.find().script().toString(), "demo")
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        // As on a machine that never saw Mortise.
        builder.environment().remove("MORTISE_POSTGRES_EMBEDDED_CACHE");
        builder.environment()
                .merge("MORTISE_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary, (given, more) -> given + " " + more);

        Process demo = builder.start();
        try {
            assertThat(demo.waitFor(180, TimeUnit.SECONDS)).isTrue();
        } finally {
            demo.destroyForcibly();
        }

        String output = Files.readString(folder.resolve("out"));
        assertThat(demo.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
        JsonNode report = Json.read(output.substring(output.indexOf('{')));
        assertThat(report.path("totalProducts").asInt()).isEqualTo(3);
        assertThat(report.path("lowStock")).hasSize(2);
        assertThat(report.path("outOfStock")).hasSize(1);
        assertThat(report.path("customers")).hasSize(1);
        assertThat(ServerProcesses.in(temporary)).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theProgramTellsItsVersionAndItsCommands() throws Exception {
        assertThat(run("version")).contains("1.0.0");
        assertThat(run("--help")).contains("demo").contains("run");
    }

    @Test
    void anUnknownCommandIsAMistakeOfUsage() throws Exception {
        Process process = new ProcessBuilder(Product.find().script().toString(), "frobnicate")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("frobnicate");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private static String run(String command) throws Exception {
        Process process = new ProcessBuilder(Product.find().script().toString(), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
