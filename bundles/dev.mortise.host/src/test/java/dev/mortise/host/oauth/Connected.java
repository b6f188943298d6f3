// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.host.config.ConfigSources;
import dev.mortise.host.config.ConfigurationOrders;
import dev.mortise.host.config.OperatorFiles;
import dev.mortise.host.config.SettingsLimit;
import dev.mortise.host.config.StoredCredentials;
import dev.mortise.host.tenancy.House;
import dev.mortise.host.tenancy.NotedHooks;
import dev.mortise.host.tenancy.Policy;
import dev.mortise.host.tenancy.TenantNotices;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.kernel.admin.Connections.Begun;
import dev.mortise.kernel.admin.Connections.Returned;
import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.AuthMethod.Client;
import dev.mortise.kernel.model.AuthMethod.ClientAuthentication;
import dev.mortise.kernel.model.AuthMethod.Endpoints;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.OAuthStore.Life;
import dev.mortise.kernel.port.OAuthStore.Tokens;
import dev.mortise.kernel.port.Secrets;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.TestJson;
import dev.mortise.testkit.port.MapOAuthStore;
import dev.mortise.testkit.port.MapSettingsStore;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A plugin, reports, that tenant acme can connect with an authorization server. */
final class Connected implements AutoCloseable {
    static final PluginId REPORTS = new PluginId("reports");
    static final Place PLACE = new Place(House.ACME, REPORTS);
    static final String BACK = "https://console.example.org/back";
    static final OAuth2 METHOD = new OAuth2(
            "oauth",
            "OAuth",
            new Endpoints(
                    "https://id.example.org/a", "https://id.example.org/t", Optional.of("https://id.example.org/r")),
            List.of("read"),
            new Client("clientId", "clientSecret", ClientAuthentication.POST));
    static final ConfigSchema SCHEMA = new ConfigSchema(
            List.of(field("clientId"), field("clientSecret"), field("apiKey")),
            List.of(METHOD, new ApiKey("key", "Key", "apiKey")));
    static final OAuthLimits LIMITS = new OAuthLimits(
            Duration.ofSeconds(5),
            10_000,
            Duration.ofMinutes(10),
            2,
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            List.of(BACK));

    final Time time = new Time();
    final FakeServer server = new FakeServer();
    final MapSettingsStore settings = new MapSettingsStore();
    final MapOAuthStore store = new MapOAuthStore(time);
    final NotedHooks hooks = new NotedHooks();
    final House house = new House(Policy.ALL)
            .deploy(PluginBuilder.plugin("reports").config(SCHEMA))
            .hooks("reports", hooks);
    final ConfigSources sources = new ConfigSources(
            () -> Optional.of(settings),
            () -> Optional.of(store),
            () -> Optional.of(new PlainSecrets()),
            TestJson.factory().exact(),
            new OperatorFiles(Path.of("target"), Map.of()),
            new SettingsLimit(20_000));
    /** Whatever holds it holds all renewals up. */
    final ExecutorService thread = Executors.newSingleThreadExecutor();

    private final TenantNotices notices;
    private final TokenClient client;
    final Renewals renewals;
    final GoodTokens tokens;
    final ConfigurationOrders configurations;
    final ConnectionOrders orders;

    Connected() {
        notices = new TenantNotices(house.tenancy, Duration.ofSeconds(5));
        client = new TokenClient(() -> Optional.of(server), sources::read, LIMITS, new TokenMeters());
        renewals = renewals(thread);
        tokens = new GoodTokens(renewals, LIMITS);
        configurations = new ConfigurationOrders(sources, notices, time);
        orders = new ConnectionOrders(sources, configurations, notices, client, time);
        configurations.authenticate(
                "acme", "reports", "oauth", Map.of("clientId", "me", "clientSecret", "client-canary"));
        hooks.called.clear();
    }

    Begun begin() {
        return orders.begin("acme", "reports", Optional.empty(), Optional.empty(), "USER ada");
    }

    /** Answers a parameter of the address that the browser was sent to. */
    static String parameter(Begun begun, String name) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : URI.create(begun.authorizationUrl()).getRawQuery().split("&", -1)) {
            String[] parts = part.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters.getOrDefault(name, "");
    }

    static Returned code(Begun begun) {
        return new Returned(parameter(begun, "state"), Optional.of("code-canary"), Optional.empty());
    }

    /** Connects the plugin with tokens that last so long. */
    Connected connect(int seconds) {
        server.granting(1, seconds);
        orders.complete("acme", "reports", code(begin()), "USER ada");
        server.sent.clear();
        return this;
    }

    /** Puts tokens in place as if somebody had connected the plugin by another browser; they are good for an hour. */
    void connectedWith(String access, String refresh) {
        configurations.connect(
                target(), METHOD.id(), settings.read(PLACE).settings().auth());
        store.put(
                PLACE,
                METHOD.id(),
                new Tokens(
                        sources.seal(PLACE, OAuthStore.ACCESS, access),
                        Optional.of(sources.seal(PLACE, OAuthStore.REFRESH, refresh)),
                        List.of(),
                        Optional.of(new Life(Duration.ofHours(1), Duration.ofMinutes(55)))));
    }

    private Target target() {
        return notices.target("acme", "reports");
    }

    /** Makes others, on such threads. */
    Renewals renewals(ExecutorService threads) {
        return new Renewals(client, threads, Executors.newSingleThreadScheduledExecutor());
    }

    /** Answers tokens as another node would keep them, good for an hour. */
    Tokens sealed(String access) {
        return new Tokens(
                sources.seal(PLACE, OAuthStore.ACCESS, access),
                Optional.empty(),
                List.of(),
                Optional.of(new Life(Duration.ofHours(1), Duration.ofMinutes(55))));
    }

    String token() {
        return tokens.accessToken(House.ACME, new StoredCredentials(REPORTS, SCHEMA, sources));
    }

    @Override
    public void close() {
        renewals.close();
    }

    private static ConfigField field(String name) {
        return new ConfigField(
                name,
                ConfigField.Type.STRING,
                name,
                "",
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                ConfigField.Scope.TENANT,
                Limits.NONE);
    }

    /** Writes the place before the text, and opens it only there. */
    private static final class PlainSecrets implements Secrets {
        @Override
        public String seal(Owner owner, String text) {
            return owner + "|" + text;
        }

        @Override
        public String open(Owner owner, String envelope) {
            if (!envelope.startsWith(owner + "|")) {
                throw new IllegalStateException("It does not open.");
            }
            return envelope.substring((owner + "|").length());
        }
    }
}
