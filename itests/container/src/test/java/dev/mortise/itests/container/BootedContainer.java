// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The container around a test that runs in it. */
record BootedContainer(BundleContext probe) {
    /** Answers the bundles that should run and don't. */
    List<String> idleBundles() {
        return Arrays.stream(probe.getBundles())
                .filter(bundle -> bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
    }

    /** Drops a plugin that lies aside into the watched folder by one rename. */
    void drop(String file) throws Exception {
        Path home = Path.of(probe.getProperty("mortise.home"));
        Files.move(
                home.resolve(Home.ASIDE).resolve(file),
                home.resolve(Home.WATCHED).resolve(file),
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until the version of a plugin is in a state, and answers the plugin. */
    PluginDetail await(String id, String version, PluginState state) throws Exception {
        Plugins admin = admin();
        return Waiting.until(
                () -> admin.find(new PluginId(id)).filter(plugin -> has(plugin, version, state)),
                () -> id + " " + version + " is " + state + ", but " + admin.list());
    }

    /** Waits until release 1.0.0 of some plugins is READY. */
    void awaitReady(String... ids) throws Exception {
        for (String id : ids) {
            await(id, "1.0.0", PluginState.READY);
        }
    }

    /** Waits for the bundle of a plugin's version. */
    Bundle bundle(String id, String version) throws Exception {
        return Waiting.until(
                () -> pluginBundles()
                        .filter(bundle -> bundle.getLocation().startsWith("mortise:" + id + ":"))
                        .filter(bundle -> bundle.getVersion().toString().equals(version))
                        .filter(bundle -> bundle.getBundleContext() != null)
                        .findFirst(),
                () -> "a bundle of " + id + " " + version + ", but "
                        + pluginBundles().toList());
    }

    /** Waits until a plugin has written a line, and answers its diary. */
    List<String> awaitLine(String id, String version, String line) throws Exception {
        BundleContext plugin = bundle(id, version).getBundleContext();
        return Waiting.until(
                () -> Optional.of(diary(plugin)).filter(lines -> lines.contains(line)),
                () -> "'" + line + "' in " + diary(plugin));
    }

    /** Runs what a plugin offers to be run. */
    void run(Bundle plugin) {
        BundleContext context = plugin.getBundleContext();
        context.getService(context.getServiceReference(Runnable.class)).run();
    }

    static boolean isPlugin(Bundle bundle) {
        return bundle.getLocation().startsWith("mortise:");
    }

    private static List<String> diary(BundleContext plugin) {
        ServiceReference<?> diary = plugin.getServiceReference(Supplier.class.getName());
        return diary == null || !(plugin.getService(diary) instanceof Supplier<?> supplier)
                ? List.of()
                : ((List<?>) supplier.get()).stream().map(String::valueOf).toList();
    }

    private static boolean has(PluginDetail plugin, String version, PluginState state) {
        return plugin.versions().stream().anyMatch(one -> one.version().equals(version) && one.state() == state);
    }

    private Stream<Bundle> pluginBundles() {
        return Arrays.stream(probe.getBundles()).filter(BootedContainer::isPlugin);
    }

    private Plugins admin() throws Exception {
        return Waiting.until(
                () -> Optional.ofNullable(probe.getServiceReference(Plugins.class))
                        .map(probe::getService),
                () -> "the service " + Plugins.class.getName());
    }
}
