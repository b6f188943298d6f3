// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Starts containers whose calls are measured: the standard edition with what its settings are by default, but for those named. */
record Containers(Product product, Scratch scratch) {
    /** Nobody needs a credential; every guard stands. */
    static final Map<String, String> AUTH_OFF = Map.of("MORTISE_GATEWAY_AUTH", "off");

    /** Every call is written down; credentials are needed by default. */
    static final Map<String, String> ACCESS_LOG = Map.of("MORTISE_LOG_ACCESS", "on");

    /** Puts plugins into the folder of a new home. */
    interface Plugins {
        void write(Path folder) throws IOException;
    }

    /** Starts a container on a new home and waits for it, not for its plugins. */
    Container start(String name, Map<String, String> settings, Plugins plugins) throws IOException {
        Path home = scratch.home(name);
        plugins.write(Files.createDirectories(home.resolve("plugins")));
        Map<String, String> environment = new TreeMap<>(settings);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return Container.start(product, home, environment).awaitReady();
    }

    /** Starts what they are measured beside. */
    BareProcess bare(String name, String upstream) throws IOException {
        return BareProcess.start(product, scratch.home(name), upstream);
    }

    static Server server(Container container) {
        return new Server(container.anonymous().base(), container.process().pid());
    }
}
