// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Workers;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkerCommandsTest {
    private final Shell shell = new Shell();
    private final FakeWorkers workers = new FakeWorkers();

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

        assertThat(workers.orders)
                .containsExactly("STOP email all all", "START email acme all", "RESTART email acme 0");
    }

    @Test
    void saysWhatStandsAgainstAnOrder() {
        assertThat(shell.type("worker stop reports")).isEqualTo("Plugin 'reports' has no process.");
        assertThat(shell.type("worker stop email --instance x"))
                .isEqualTo("Instances are counted from 0, and 'x' is no such number.");
        assertThat(shell.type("worker stop NO")).contains("There is no plugin 'NO'");
    }

    private static final class FakeWorkers implements Workers {
        private final List<String> orders = new ArrayList<>();

        @Override
        public List<Worker> list() {
            return List.of(
                    new Worker(
                            "email",
                            "1.0.0",
                            Optional.of("acme"),
                            0,
                            "n1",
                            15000,
                            Optional.of(4711L),
                            RuntimeState.READY,
                            "",
                            1,
                            Optional.empty(),
                            Optional.of(Shell.NOW.minusSeconds(60)),
                            Optional.of(40L << 20)),
                    new Worker(
                            "email",
                            "1.0.0",
                            Optional.empty(),
                            1,
                            "n1",
                            0,
                            Optional.empty(),
                            RuntimeState.ERROR,
                            "It crashed.",
                            6,
                            Optional.of(Shell.NOW),
                            Optional.empty(),
                            Optional.empty()));
        }

        @Override
        public List<Worker> command(
                PluginId plugin, Command command, Optional<String> tenant, Optional<Integer> instance) {
            if (plugin.value().equals("reports")) {
                throw new MortiseException(ErrorCode.CONFLICT, "Plugin 'reports' has no process.");
            }
            orders.add(command + " " + plugin + " " + tenant.orElse("all") + " "
                    + instance.map(String::valueOf).orElse("all"));
            return list();
        }
    }
}
