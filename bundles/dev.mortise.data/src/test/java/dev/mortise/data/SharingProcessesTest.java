// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eight processes on the same hot keys: no update is lost, no answer is given twice, nothing is read after its end. */
class SharingProcessesTest {
    private static final int PROCESSES = 8;

    private final List<Process> processes = new ArrayList<>();
    private SharedFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new SharedFixture(TestServer.embedded(), SharedLimits.DEFAULT);
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(SharingProcess.start(fixture.database));
        }
    }

    @AfterEach
    void close() throws Exception {
        processes.forEach(Process::destroyForcibly);
        fixture.close();
    }

    @Test
    void workOnTheSameKeys() throws Exception {
        List<BufferedReader> outputs = processes.stream()
                .map(process -> process.inputReader(StandardCharsets.UTF_8))
                .toList();
        for (BufferedReader output : outputs) {
            awaitReady(output);
        }
        for (Process process : processes) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        List<String> said = new ArrayList<>();
        for (BufferedReader output : outputs) {
            output.lines().forEach(said::add);
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        int all = PROCESSES * SharingProcess.TIMES;
        Set<String> sums = new HashSet<>();
        said.stream().filter(line -> line.startsWith("sum ")).forEach(sums::add);
        assertThat(sums).hasSize(all);
        assertThat(read(SharingProcess.COUNT).json()).isEqualTo(String.valueOf(all));
        assertThat(read(SharingProcess.COMPARED).json()).isEqualTo(String.valueOf(all / 5));
        assertThat(read(SharingProcess.COMPARED).version()).isEqualTo(all / 5);
        assertThat(said).contains("read good").doesNotContain("read expired");
    }

    private static void awaitReady(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo("ready");
    }

    private Stored read(Place place) {
        return (Stored) fixture.store().get(place, Optional.empty());
    }
}
