// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.testkit.admin.NotedWorkers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkerCommandsTest {
    private final Shell shell = new Shell();
    private final NotedWorkers workers = new NotedWorkers(Shell.NOW.minusSeconds(60), Shell.NOW);

    @BeforeEach
    void hostIsThere() {
        shell.workers.bindWorkers(workers);
    }

    @Test
    void listsProcesses() {
        assertThat(shell.type("workers")).isEqualTo("""
                PLUGIN       TENANT  #  STATE  PORT   PID   MEMORY  UP  RESTARTS  REASON
                email 1.0.0  acme    0  ready  15000  4711  40 MB   1m  1
                email 1.0.0          1  error                           6         It crashed. Next try at 2026-11-21T12:00:00Z.""");
    }

    @Test
    void showsThoseThatAreNamedInFull() {
        assertThat(shell.type("worker show email --tenant acme")).isEqualTo("""
                Process 0 of email 1.0.0 is ready
                Tenant:      acme
                Node:        n1
                Port:        15000
                Pid:         4711
                Memory:      40 MB
                Up:          1m
                Restarts:    1""");
        assertThat(shell.type("worker show email --instance 7"))
                .isEqualTo("Plugin 'email' has no such process. 'workers' lists those there are.");
    }

    @Test
    void carriesOrders() {
        shell.type("worker stop email");
        shell.type("worker start email --tenant acme");
        shell.type("worker restart email --tenant acme --instance 0");

        assertThat(workers.orders())
                .containsExactly("STOP email all all", "START email acme all", "RESTART email acme 0");
    }

    @Test
    void saysWhatStandsAgainstAnOrder() {
        assertThat(shell.type("worker stop reports")).isEqualTo("Plugin 'reports' has no process.");
        assertThat(shell.type("worker stop email --instance x"))
                .isEqualTo("Instances are counted from 0, and 'x' is no such number.");
        assertThat(shell.type("worker stop NO")).contains("There is no plugin 'NO'");
    }
}
