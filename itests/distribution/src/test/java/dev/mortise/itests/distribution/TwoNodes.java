// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.EndpointBuilder.endpoint;
import static dev.mortise.testkit.PluginBuilder.plugin;

import dev.mortise.itests.distribution.plugins.Courier;
import dev.mortise.itests.distribution.plugins.Greeting;
import dev.mortise.itests.distribution.plugins.Sharing;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two containers on the database of the first one, with the same keys and tokens; what the first one runs both run. */
record TwoNodes(Container first, Container second) implements AutoCloseable {
    static final String READ = "plugin.items.read";

    private static final List<String> KEYS = List.of("admin-token", "db-key", "secrets-key");

    static TwoNodes start(Path folder, Provider provider) throws Exception {
        Map<String, String> both = Map.of(
                "COLUMNS", "",
                "MORTISE_DATA_CONNECTIONS", "40",
                "MORTISE_HOST_OAUTH_REDIRECT_URIS", Provider.BACK);
        Map<String, String> own = new HashMap<>(both);
        own.putAll(OldestServer.environment());
        Container first = Container.start(Product.find(), home(folder, "first"), own, "--shell")
                .awaitReady();
        try {
            prepare(first, provider);
            return new TwoNodes(first, second(first, home(folder, "second"), new HashMap<>(both)));
        } catch (Exception | AssertionError e) {
            first.close();
            throw e;
        }
    }

    private static Container second(Container first, Path home, Map<String, String> environment) throws Exception {
        environment.put("MORTISE_DB_URL", EmbeddedDatabase.of(first).url());
        environment.put("MORTISE_DB_USER", "mortise");
        environment.put("MORTISE_DB_PASSWORD", Postmaster.of(first).password(1));
        Files.createDirectories(
                home.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String key : KEYS) {
            bring(key, first.home(), home);
        }
        Container second = Container.start(Product.find(), home, environment).awaitReady();
        for (String id : List.of("courier", "broker", "greeting", "desk", "stock")) {
            second.awaitState(id, "READY");
        }
        return second;
    }

    private static Path home(Path folder, String name) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("etc/plugins"));
        Files.writeString(
                home.resolve("etc/plugins/broker.json"),
                "{\"clientId\":\"me\",\"clientSecret\":\"" + Provider.SECRET + "\"}");
        return home;
    }

    private static void prepare(Container first, Provider provider) {
        Operator operator = Operator.of(first);
        for (PluginJar jar : List.of(
                VersionedJar.of(
                        plugin("items")
                                .offers(
                                        "items.list",
                                        "1.0.0",
                                        endpoint("GET /version").needing(READ)),
                        "1.0.0"),
                courier(),
                provider.broker(),
                plugin("greeting").jar().withClasses(Greeting.class),
                plugin("desk").jar().withClasses(Sharing.class),
                VersionedJar.of(plugin("stock"), "1.0.0")
                        .withMigration("1__stock.sql", "CREATE TABLE p_stock__rows AS SELECT 1 AS id")
                        .withMigration("1__stock.down.sql", "DROP TABLE p_stock__rows"))) {
            operator.install(jar);
        }
        // makes the key that the second one is given
        first.admin().send("PUT", "/api/v1/tenants/default/plugins/courier/config", "{\"pin\":\"the first\"}");
    }

    private static PluginJar courier() {
        return plugin("courier")
                .needs("items.list", "^1.0.0")
                .with(
                        "config",
                        Map.of(
                                "currency", Map.of("default", "EUR"),
                                "pin", Map.of("encrypted", true),
                                "apiKey", Map.of(),
                                "site", Map.of("scope", "container")))
                .with("auth", List.of(Map.of("id", "key", "type", "apiKey", "configField", "apiKey")))
                .jar()
                .withClasses(Courier.class);
    }

    private static void bring(String key, Path from, Path to) throws IOException {
        Path copy = to.resolve("data/." + key + ".copy");
        Files.copy(from.resolve("data").resolve(key), copy, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, to.resolve("data").resolve(key), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Brings the keys of the first one to the second one, as an operator does after a rotation. */
    void bringKeys() throws IOException {
        bring("secrets-key", first.home(), second.home());
    }

    @Override
    public void close() throws InterruptedException {
        try {
            second.close();
        } finally {
            first.close();
        }
    }
}
