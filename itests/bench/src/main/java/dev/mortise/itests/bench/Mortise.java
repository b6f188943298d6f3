// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The assembled product in its standard edition. */
final class Mortise implements Contestant {
    private final Product product;
    private final Path home;
    private Optional<Container> container = Optional.empty();

    Mortise(Product product, Path home) {
        this.product = product;
        this.home = home;
    }

    @Override
    public String name() {
        return "Mortise";
    }

    @Override
    public void start() throws Exception {
        container = Optional.of(Container.start(product, home));
    }

    @Override
    public void awaitOpen() {
        container.orElseThrow().awaitReady();
    }

    @Override
    public Path folder() {
        return home.resolve("plugins");
    }

    @Override
    public Path write(Path file, String id, String version) throws IOException {
        return GeneratedPlugin.of(id, version).write(file);
    }

    @Override
    public Client client() {
        return container.orElseThrow().client();
    }

    @Override
    public String route(String id) {
        return GeneratedPlugin.route(id);
    }

    @Override
    public long pid() {
        return container.orElseThrow().process().pid();
    }

    @Override
    public void close() throws Exception {
        if (container.isPresent()) {
            container.get().close();
        }
    }
}
