// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledContainerTest {
    @TempDir
    Path home;

    @BeforeEach
    void copyACluster() throws Exception {
        Servers.copyCluster(home);
    }

    @Test
    void takesTheServerWithIt() throws Exception {
        Process container = ContainerProcess.start(home);
        ServerProcesses processes = Servers.processes(home);
        List<ProcessHandle> guardians = container.descendants().toList();
        assertThat(processes.find()).isNotEmpty();

        container.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(15)).until(() -> processes.find().isEmpty());
        await().atMost(Duration.ofSeconds(5)).until(() -> guardians.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void leavesAServerThatTheNextOneEndsWhenTheGuardianDiedToo() throws Exception {
        Process container = ContainerProcess.start(home);
        List<ProcessHandle> guardians = container
                .descendants()
                .filter(process -> process.info().command().orElse("").matches(".*/(ba|da|)sh"))
                .sorted(Comparator.comparing(ProcessHandle::pid))
                .toList();
        assertThat(guardians).isNotEmpty();
        List<ProcessHandle> orphans = Servers.processes(home).find();
        guardians.forEach(ProcessHandle::destroyForcibly);
        container.destroyForcibly().waitFor();
        assertThat(orphans).anyMatch(ProcessHandle::isAlive);

        try (EmbeddedPostgres next = new EmbeddedPostgres(Servers.settings(home))) {
            assertThat(Servers.query(next.start(), "SELECT 1")).isEqualTo("1");

            await().atMost(Duration.ofSeconds(5)).until(() -> orphans.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void startsAgainAtOnceAfterThePostmasterWasKilledToo() throws Exception {
        Process container = ContainerProcess.start(home);
        Servers.postmaster(home).destroyForcibly();
        container.destroyForcibly().waitFor();

        try (EmbeddedPostgres next = new EmbeddedPostgres(Servers.settings(home))) {
            assertThat(Servers.query(next.start(), "SELECT 1")).isEqualTo("1");
        }
    }
}
