// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.mortise.itests.container.plugins.Critical;
import dev.mortise.itests.container.plugins.Diary;
import dev.mortise.itests.container.plugins.Gate;
import dev.mortise.itests.container.plugins.Lonely;
import dev.mortise.itests.container.plugins.Things;
import dev.mortise.kernel.model.PluginState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ReadinessIT {
    @Inject
    private BundleContext probe;

    @Configuration
    public Option[] edition() throws IOException {
        var silent = plugin("silent")
                .offers("silent.things", "1.0.0", "GET /things", "POST /things")
                .jar()
                .withClasses(Things.class);
        Home home = Home.of(ReadinessIT.class)
                .aside("lonely.jar", plugin("lonely").jar().withClasses(Things.class, Lonely.class))
                .aside("silent.jar", silent)
                .aside("ill.jar", plugin("ill").jar().withClasses(Things.class, Critical.class))
                .aside("gated.jar", plugin("gated").jar().withClasses(Diary.class, Gate.class));
        return new Option[] {Edition.boot("standard", home)};
    }

    @Test
    public void aComponentThatStaysUnsatisfiedFailsThePluginAlthoughItsBundleWasActive() throws Exception {
        assertEquals(
                "Component '" + Lonely.class.getName() + "' of plugin 'lonely' waits for service"
                        + " 'java.util.concurrent.Callable' (reference 'nobody'), which is not there.",
                failure("lonely"));
    }

    @Test
    public void anEndpointWithoutRouteFailsThePluginAlthoughItsBundleWasActive() throws Exception {
        assertEquals(
                "Plugin 'silent' declares endpoints that no route realises: POST /things of service 'silent.things'.",
                failure("silent"));
    }

    @Test
    public void aHealthCheckThatIsCriticalFailsThePluginAlthoughItsBundleWasActive() throws Exception {
        assertEquals("Plugin 'ill' is UNAVAILABLE: the disk is full.", failure("ill"));
    }

    @Test
    public void aPluginIsReadyWhenItsHealthCheckSaysSoAndNotBefore() throws Exception {
        BootedContainer container = new BootedContainer(probe);
        container.drop("gated.jar");

        container.awaitLine("gated", "1.0.0", "the gate is closed");
        Bundle gated = container.bundle("gated", "1.0.0");

        assertEquals(Bundle.ACTIVE, gated.getState());
        container.await("gated", "1.0.0", PluginState.STARTING);
        container.run(gated);
        container.awaitReady("gated");
    }

    /** Drops a plugin and answers why it failed, having seen its bundle active. */
    private String failure(String id) throws Exception {
        BootedContainer container = new BootedContainer(probe);
        List<Integer> states = new CopyOnWriteArrayList<>();
        SynchronousBundleListener starts = event -> {
            boolean started = event.getType() == BundleEvent.STARTED;
            if (started && event.getBundle().getLocation().startsWith("mortise:" + id + ":")) {
                states.add(event.getBundle().getState());
            }
        };
        probe.addBundleListener(starts);
        container.drop(id + ".jar");
        var plugin = container.await(id, "1.0.0", PluginState.FAILED);
        probe.removeBundleListener(starts);

        assertEquals(List.of(Bundle.ACTIVE), states);
        assertTrue(plugin.routes().isEmpty());
        return plugin.summary().reason().orElseThrow();
    }
}
