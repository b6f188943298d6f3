// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.PluginServices.Offer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.apache.felix.scr.impl.Activator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;

/**
 * A framework for one bundle. All that the bundle is given comes from the class path through the system bundle, declarative
 * services too: classes of the class path come from the JVM's archive, those of bundles never do.
 */
final class PluginFramework implements AutoCloseable {
    private static final String COMPONENTS =
            "osgi.extender;osgi.extender=\"osgi.component\";version:Version=\"1.5\";uses:=\"org.osgi.service.component\"";

    private final Framework framework;

    private PluginFramework(Framework framework) {
        this.framework = framework;
    }

    /**
     * Starts one.
     *
     * @param storage an own folder, emptied at the start
     */
    static PluginFramework start(Path storage) throws BundleException, IOException {
        Framework framework = new Felix(properties(storage));
        framework.start();
        return new PluginFramework(framework);
    }

    private static Map<String, Object> properties(Path storage) throws IOException {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                ExportedPackages.ofClassPath(PluginFramework.class.getClassLoader()));
        properties.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, COMPONENTS);
        properties.put(FelixConstants.SYSTEMBUNDLE_ACTIVATORS_PROP, activators());
        properties.put(FelixConstants.SERVICE_URLHANDLERS_PROP, "false");
        properties.put("felix.cache.locking", "false");
        properties.put("ds.delayed.keepInstances", "true");
        return properties;
    }

    /** The log comes first: declarative services write to it, and plugins reference it. */
    private static List<BundleActivator> activators() {
        List<BundleActivator> activators = new ArrayList<>();
        ServiceLoader.load(BundleActivator.class, PluginFramework.class.getClassLoader())
                .forEach(activators::add);
        activators.add(new Activator());
        return activators;
    }

    /** Answers the context of the system bundle. */
    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Registers what the platform gives to the plugin, and that its tables are as its code expects them. */
    void offer(List<Offer<?>> offers) {
        offers.forEach(this::register);
        register(new Offer<>(
                Condition.class, Condition.INSTANCE, Map.of(Condition.CONDITION_ID, "mortise.migrated"), () -> {}));
    }

    private <T> void register(PluginServices.Offer<T> offer) {
        context()
                .registerService(
                        offer.type(), offer.service(), FrameworkUtil.asDictionary(new HashMap<>(offer.properties())));
    }

    /** Installs the jar from where it lies, without a copy. */
    Bundle install(Path jar) throws BundleException {
        return context().installBundle("reference:" + jar.toUri());
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(5_000);
        } catch (BundleException e) {
            throw new IllegalStateException("A system bundle always stops.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
