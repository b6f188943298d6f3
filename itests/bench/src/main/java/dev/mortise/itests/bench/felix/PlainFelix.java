// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.felix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The program of the other process: starts Felix with the bundles of a folder, and lets fileinstall do the rest. */
public final class PlainFelix {
    private PlainFelix() {}

    /** Runs until SIGTERM. Arguments: folder of bundles, watched folder, cache, port, milliseconds between polls. */
    public static void main(String[] arguments) throws Exception {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties(List.of(arguments)));
        framework.init();
        startAll(framework.getBundleContext(), Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(framework), "stop"));
        framework.start();
        framework.waitForStop(0);
    }

    private static Map<String, String> properties(List<String> arguments) {
        Map<String, String> properties = new HashMap<>();
        properties.put("felix.fileinstall.dir", arguments.get(1));
        properties.put("org.osgi.framework.storage", arguments.get(2));
        properties.put("org.osgi.service.http.port", arguments.get(3));
        properties.put("felix.fileinstall.poll", arguments.get(4));
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.tmpdir", arguments.get(2) + "-tmp");
        properties.put("felix.fileinstall.log.level", "1");
        properties.put("org.osgi.service.http.host", "127.0.0.1");
        properties.put("org.apache.felix.http.host", "127.0.0.1");
        properties.put(
                "org.osgi.framework.system.packages.extra",
                "org.slf4j;version=\"2.0.17\",org.slf4j.spi;version=\"2.0.17\",org.slf4j.event;version=\"2.0.17\"");
        return properties;
    }

    /** What a cache kept is left as it is: a restart starts it by itself. */
    private static void startAll(BundleContext context, Path folder) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                bundles.add(context.installBundle(file.toUri().toString()));
            }
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(0);
        } catch (BundleException e) {
            throw new IllegalStateException("Felix does not stop.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
