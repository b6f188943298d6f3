// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import dev.mortise.launcher.program.Distribution;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the demonstration does with a running container. */
record DemoStory(Distribution distribution, DemoHome home, DemoContainer container, Consumer<String> progress) {
    private static final Patience START = new Patience(Duration.ofMinutes(2));
    private static final Patience DEPLOYMENT = new Patience(Duration.ofMinutes(1));
    private static final String TENANT = "default";
    private static final List<String> PERMISSIONS = List.of(
            "plugin.inventory.products.read",
            "plugin.inventory.products.write",
            "plugin.reports.generate",
            "plugin.crm.contacts.read",
            "plugin.crm.contacts.write");

    /** Return the report that one plugin makes of the data of two others. */
    JsonObject tell() throws IOException, InterruptedException {
        DemoClient admin = openListener();
        deploy(new PluginWatch(admin, progress));
        DemoClient client = withTenantToken(admin);
        addData(client);
        progress.accept("POST /api/v1/p/reports/reports/generate, which asks inventory.products and crm.contacts:");
        return client.post(
                "/api/v1/p/reports/reports/generate", Json.createObjectBuilder().build());
    }

    private DemoClient openListener() throws IOException, InterruptedException {
        progress.accept("Starting Mortise " + distribution.version() + " with its own PostgreSQL in "
                + home.home().root());
        String address = container.awaitAddress(START);
        String token = START.until("the admin token is written", this::adminToken);
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        DemoClient admin = new DemoClient(http, address, token, Map.of("X-Tenant-Id", TENANT));
        START.until("the container is ready", () -> {
            container.requireAlive();
            return readiness(admin);
        });
        progress.accept("It is up at " + address);
        return admin;
    }

    private String adminToken() throws IOException {
        container.requireAlive();
        Path file = home.home().adminToken();
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    private static String readiness(DemoClient client) throws IOException, InterruptedException {
        try {
            return client.get("/health/ready").toString();
        } catch (DemoFailure notReady) {
            return "";
        }
    }

    private void deploy(PluginWatch watch) throws IOException, InterruptedException {
        drop("reports");
        watch.await(List.of("reports"), "WAITING", DEPLOYMENT);
        drop("crm");
        drop("inventory");
        watch.await(List.of("worker-token", "crm", "inventory", "reports"), "READY", DEPLOYMENT);
    }

    private void drop(String plugin) throws IOException {
        String jar = plugin + "-" + distribution.version() + ".jar";
        progress.accept("Dropping " + jar + " into plugins/");
        home.drop(distribution.examples().resolve(jar));
    }

    private DemoClient withTenantToken(DemoClient admin) throws IOException, InterruptedException {
        progress.accept("POST /api/v1/p/worker-token/tokens, for a client of tenant '" + TENANT + "'");
        JsonObject wish = Json.createObjectBuilder()
                .add("name", "demo")
                .add("permissions", Json.createArrayBuilder(PERMISSIONS))
                .build();
        String token = admin.post("/api/v1/p/worker-token/tokens", wish).getString("token");
        return new DemoClient(admin.http(), admin.address(), token, Map.of());
    }

    private void addData(DemoClient client) throws IOException, InterruptedException {
        progress.accept("POST /api/v1/p/inventory/products, three times, and /api/v1/p/crm/contacts");
        String products = "/api/v1/p/inventory/products";
        client.post(products, product("Workbench", "WB-1", 249.5, 12));
        client.post(products, product("Chisel", "CH-20", 18.9, 4));
        client.post(products, product("Mallet", "MA-3", 24, 0));
        client.post(
                "/api/v1/p/crm/contacts",
                Json.createObjectBuilder()
                        .add("name", "Ada Joiner")
                        .add("email", "ada@example.com")
                        .build());
    }

    private static JsonObject product(String name, String sku, double price, int quantity) {
        return Json.createObjectBuilder()
                .add("name", name)
                .add("sku", sku)
                .add("price", price)
                .add("quantity", quantity)
                .build();
    }
}
