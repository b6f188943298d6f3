// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import dev.mortise.itests.container.plugins.Diary;
import dev.mortise.itests.container.plugins.Gate;
import dev.mortise.itests.container.plugins.Things;
import dev.mortise.kernel.model.PluginState;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class VisibilityIT {
    private static final String ROUTES = "dev.mortise.api.http.RouteProvider";
    private static final String HOST = "dev.mortise.host";
    private static final String[] PLUGINS = {"inventory", "crm", "reports", "worker-token", "small"};
    private static final List<String> OFFERED = List.of(
            "javax.sql.DataSource",
            "dev.mortise.api.service.ServiceClient",
            "dev.mortise.api.json.Json",
            "dev.mortise.api.call.PluginExecutor",
            "dev.mortise.api.call.CallContexts",
            "dev.mortise.api.call.Tenants");
    private static final List<String> WITHIN_THE_CONTAINER = List.of(
            "dev.mortise.kernel.admin.Tokens",
            "dev.mortise.kernel.admin.Plugins",
            "org.osgi.service.cm.ConfigurationAdmin",
            "org.osgi.service.component.runtime.ServiceComponentRuntime",
            "org.osgi.service.component.ComponentFactory",
            "org.osgi.framework.hooks.service.FindHook",
            "org.apache.felix.service.command.CommandProcessor");

    @Inject
    private BundleContext probe;

    private BootedContainer container;

    @Configuration
    public Option[] edition() throws IOException {
        Home home = Home.of(VisibilityIT.class)
                .withExamples("inventory", "crm", "reports", "worker-token")
                .with("small.jar", plugin("small").jar().withClasses(Things.class, Diary.class))
                .with("twin.jar", plugin("twin").jar().withClasses(Things.class, Diary.class))
                .aside("late.jar", plugin("late").jar().withClasses(Things.class, Diary.class))
                .aside(
                        "twin-next.jar",
                        plugin("twin").version("1.1.0").jar().withClasses(Things.class, Diary.class, Gate.class));
        return new Option[] {Edition.boot("standard", home)};
    }

    @Before
    public void awaitPlugins() throws Exception {
        container = new BootedContainer(probe);
        container.awaitReady(PLUGINS);
    }

    @Test
    public void aPluginSeesItsOwnRoutesAndNoOthers() throws Exception {
        for (String id : PLUGINS) {
            Bundle bundle = container.bundle(id, "1.0.0");

            assertEquals(Set.of(bundle.getLocation()), Sight.of(bundle).owners(ROUTES));
        }
    }

    @Test
    public void aPluginSeesOneServiceOfEachKindThatMortiseOffersIt() throws Exception {
        for (String id : PLUGINS) {
            Bundle bundle = container.bundle(id, "1.0.0");

            for (String type : OFFERED) {
                assertEquals(bundle.getBundleId(), Sight.of(bundle).only(type).getProperty("mortise.bundle.id"));
            }
        }
    }

    @Test
    public void noTwoPluginsAreGivenTheSameService() throws Exception {
        for (String type : OFFERED) {
            Set<Object> given = Collections.newSetFromMap(new IdentityHashMap<>());
            for (String id : PLUGINS) {
                BundleContext plugin = container.bundle(id, "1.0.0").getBundleContext();
                given.add(plugin.getService(plugin.getServiceReference(type)));
            }

            assertEquals(type, PLUGINS.length, given.size());
        }
    }

    @Test
    public void aPluginSeesNothingThatBundlesOfTheContainerRegisterForOneAnother() throws Exception {
        for (String type : WITHIN_THE_CONTAINER) {
            assertNotEquals(type, List.of(), new Sight(probe).services(type));
            for (String id : PLUGINS) {
                assertEquals(List.of(), Sight.of(container.bundle(id, "1.0.0")).services(type));
            }
        }
    }

    @Test
    public void nobodyButTheHostSeesWhatAPluginContributesOrIsGiven() {
        assertEquals(List.of(HOST), thoseWhoSee(ROUTES));
        assertEquals(List.of(HOST), thoseWhoSee("javax.sql.DataSource"));
    }

    @Test
    public void aPluginSeesNeitherOtherPluginsNorBundlesOfMortise() throws Exception {
        for (String id : PLUGINS) {
            Bundle itself = container.bundle(id, "1.0.0");
            List<Bundle> seen = List.of(itself.getBundleContext().getBundles());

            assertTrue(seen.contains(itself));
            assertTrue(seen.contains(probe.getBundle(Constants.SYSTEM_BUNDLE_ID)));
            assertEquals(List.of(), hidden(itself).filter(seen::contains).toList());
            hidden(itself).forEach(other -> assertNull(itself.getBundleContext().getBundle(other.getBundleId())));
        }
    }

    @Test
    public void aPluginHearsNothingOfOneThatComes() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        BundleContext small = container.bundle("small", "1.0.0").getBundleContext();
        AllServiceListener services = event -> {
            if (ofPlugin(event.getServiceReference())) {
                heard.add(event.getServiceReference().toString());
            }
        };
        SynchronousBundleListener bundles = event -> {
            if (BootedContainer.isPlugin(event.getBundle())) {
                heard.add(event.getBundle().toString());
            }
        };
        small.addServiceListener(services);
        small.addBundleListener(bundles);

        container.drop("late.jar");
        container.awaitReady("late");
        small.removeServiceListener(services);
        small.removeBundleListener(bundles);

        assertEquals(
                1, Sight.of(container.bundle("late", "1.0.0")).services(ROUTES).size());
        assertEquals(List.of(), heard);
    }

    @Test
    public void twoVersionsOfAPluginSeeNothingOfOneAnother() throws Exception {
        container.awaitReady("twin");
        Bundle old = container.bundle("twin", "1.0.0");

        container.drop("twin-next.jar");
        container.awaitLine("twin", "1.1.0", "the gate is closed");
        Bundle next = container.bundle("twin", "1.1.0");

        assertEquals(List.of(Bundle.ACTIVE, Bundle.ACTIVE), List.of(old.getState(), next.getState()));
        seesItselfAlone(old);
        seesItselfAlone(next);
        assertNotSame(dataSource(old), dataSource(next));
        container.run(next);
        container.await("twin", "1.1.0", PluginState.READY);
    }

    /** Answers the platform bundles, the probe among them, that see a service of a plugin or for one. */
    private List<String> thoseWhoSee(String type) {
        return Stream.of(probe.getBundles())
                .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID)
                .filter(bundle -> bundle.getBundleContext() != null && !BootedContainer.isPlugin(bundle))
                .filter(bundle -> Sight.of(bundle).services(type).stream().anyMatch(VisibilityIT::ofPlugin))
                .map(Bundle::getSymbolicName)
                .toList();
    }

    private void seesItselfAlone(Bundle version) {
        assertEquals(Set.of(version.getLocation()), Sight.of(version).owners(ROUTES));
        assertEquals(Set.of(version.getLocation()), Sight.of(version).owners("java.util.function.Supplier"));
        assertEquals(
                List.of(version),
                Stream.of(version.getBundleContext().getBundles())
                        .filter(BootedContainer::isPlugin)
                        .toList());
    }

    private static Object dataSource(Bundle version) {
        return version.getBundleContext().getService(Sight.of(version).only("javax.sql.DataSource"));
    }

    private static boolean ofPlugin(ServiceReference<?> service) {
        return service.getProperty("mortise.bundle.id") != null || BootedContainer.isPlugin(service.getBundle());
    }

    private Stream<Bundle> hidden(Bundle from) {
        return Stream.of(probe.getBundles())
                .filter(bundle -> !bundle.equals(from))
                .filter(bundle -> BootedContainer.isPlugin(bundle)
                        || bundle.getSymbolicName().startsWith("dev.mortise."));
    }
}
