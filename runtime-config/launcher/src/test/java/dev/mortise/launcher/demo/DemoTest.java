// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private FakeContainer container;

    @BeforeEach
    void openContainer() throws IOException {
        container = new FakeContainer(folder);
    }

    @AfterEach
    void closeContainer() {
        container.close();
    }

    @Test
    void printsTheReportAndNothingElse() throws Exception {
        ExitCode code = perform();

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringWhitespace("{\"totalProducts\": 3}");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("reports WAITING: no inventory", "reports READY");
        assertNothingStays();
    }

    @Test
    void callsThePluginsWithATokenOfTheTenant() throws Exception {
        perform();

        assertThat(container.requests)
                .contains(
                        "POST /api/v1/p/worker-token/tokens Bearer t0ken",
                        "POST /api/v1/p/inventory/products Bearer mwt_1",
                        "POST /api/v1/p/reports/reports/generate Bearer mwt_1");
    }

    @Test
    void leavesNothingWhenACallFails() throws Exception {
        container.report = "{\"code\":\"PLUGIN_NOT_READY\"}";

        ExitCode code = perform();

        assertThat(code).isEqualTo(ExitCode.PROBLEMS);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("POST /api/v1/p/reports/reports/generate answered 503: {\"code\":\"PLUGIN_NOT_READY\"}");
        assertNothingStays();
    }

    @Test
    void passesOnTheLastWordsOfAContainerThatEnds() throws Exception {
        container.script("echo it hurts >&2; exit 5");

        ExitCode code = perform();

        assertThat(code).isEqualTo(ExitCode.PROBLEMS);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("The container ended with exit code 5.", "| it hurts");
        assertNothingStays();
    }

    private ExitCode perform() throws InterruptedException, IOException {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Optional.empty());
        return new Demo(container.distribution(), terminal).execute();
    }

    private void assertNothingStays() throws IOException {
        assertThat(container.home()).doesNotExist();
        assertThat(ProcessHandle.of(container.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
