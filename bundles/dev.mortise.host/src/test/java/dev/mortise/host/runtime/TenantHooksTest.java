// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.platform.Diary;
import dev.mortise.host.runtime.Container.Started;
import dev.mortise.host.runtime.plugins.TenantPlugins;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantHooksTest {
    private static final Digest FIRST = new Digest("%064x".formatted(1));

    @TempDir
    Path folder;

    private Container container;

    @BeforeEach
    void open() throws Exception {
        Diary.LINES.clear();
        Diary.stuck = new CountDownLatch(1);
        container = new Container(folder, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws Exception {
        Diary.stuck.countDown();
        container.close();
    }

    @Test
    void startsForTenantsBeforeItServes() throws Exception {
        container.tenants.add("acme").suspended("gone");

        container.start(plugin("one"), TenantPlugins.Noting.class).awaitServing();

        assertThat(Diary.LINES).containsExactlyInAnyOrder("start acme as plugin:one", "start default as plugin:one");
    }

    @Test
    void startsForTheOthersWhenTheirFirstCallComes() throws Exception {
        container.tenants.add("a").add("b").add("c").add("z");

        container.start(plugin("one"), TenantPlugins.Noting.class).awaitServing();
        assertThat(Diary.LINES).hasSize(3).noneMatch(line -> line.contains("default") || line.contains("z"));

        enter("z");
        enter("z");
        assertThat(Diary.LINES).hasSize(4).contains("start z as plugin:one");
    }

    @Test
    void servesAlthoughItDoesNotStartForATenant() throws Exception {
        container.tenants.add("throws").add("hangs");

        container.start(plugin("one"), TenantPlugins.Noting.class).awaitServing();

        assertThat(Diary.LINES).contains("start default as plugin:one");
    }

    @Test
    void interruptsAStartThatHangs() throws Exception {
        container.tenants.add("hangs");

        container.start(plugin("one"), TenantPlugins.Noting.class).awaitServing();

        await().untilAsserted(() -> assertThat(Diary.LINES).contains("interrupted"));
    }

    @Test
    void isDegradedWhileTooManyHooksHang() throws Exception {
        container.tenants.add("stuck1").add("stuck2");
        Started one = container.start(plugin("one"), TenantPlugins.Noting.class);
        one.awaitServing();

        RunReport.Serving degraded = (RunReport.Serving) one.next();
        assertThat(degraded.contribution().degraded().orElseThrow().message())
                .contains("2 hooks of plugin 'one' hang", "start() for tenant 'stuck1'", "start() for tenant 'stuck2'");

        Diary.stuck.countDown();
        RunReport.Serving well = (RunReport.Serving) one.next();
        assertThat(well.contribution().degraded()).isEmpty();
    }

    @Test
    void isForgottenWithItsEnd() throws Exception {
        Started one = container.start(plugin("one"), TenantPlugins.Noting.class);
        one.awaitServing();
        one.end();

        enter("acme");

        assertThat(Diary.LINES).containsExactly("start default as plugin:one");
    }

    private void enter(String tenant) {
        container.tenancy.enter(new TenantId(tenant), new PluginId("one"), FIRST);
    }
}
