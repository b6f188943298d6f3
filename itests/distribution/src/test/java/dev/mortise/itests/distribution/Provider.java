// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.distribution.RemoteInstance.Asked;
import dev.mortise.itests.distribution.RemoteInstance.Reply;
import dev.mortise.itests.distribution.plugins.Broker;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An authorization server (RFC 6749) that checks what it is sent: client, redirect, code once, PKCE (RFC 7636). It gives a new
 * refresh token with each access token, and takes the old one for stolen (RFC 9700, section 4.14).
 */
final class Provider implements AutoCloseable {
    static final String ACCESS = "access-canary-77aa";
    static final String REFRESH = "refresh-canary-88bb";
    static final String CODE = "code-canary-99cc";
    static final String SECRET = "client-canary-11dd";
    static final String BACK = "http://127.0.0.1:9/back";

    final List<String> revoked = new CopyOnWriteArrayList<>();
    final List<String> stolen = new CopyOnWriteArrayList<>();
    final AtomicInteger refreshes = new AtomicInteger();
    volatile int seconds = 3600;
    volatile Behaviour behaviour = Behaviour.GOOD;

    private final RemoteInstance server;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, String> challenges = new ConcurrentHashMap<>();
    private final Set<String> good = ConcurrentHashMap.newKeySet();

    /** What it does with whoever asks for tokens. */
    enum Behaviour {
        GOOD,
        FAILING,
        SLOW,
        REDIRECTING,
        ENDLESS,
        QUOTING
    }

    private Provider(RemoteInstance server) {
        this.server = server;
    }

    static Provider start() throws IOException {
        RemoteInstance server = RemoteInstance.start();
        Provider provider = new Provider(server);
        server.answering(provider::answer);
        return provider;
    }

    String url(String path) {
        return server.baseUrl() + path;
    }

    /** Answers a plugin whose tenants connect it with this server; the operator's file has {@code clientId} and secret. */
    PluginJar broker() {
        Map<String, Object> ofTheContainer = Map.of("scope", "container");
        Map<String, Object> method = Map.of(
                "id", "oauth",
                "type", "oauth2",
                "authorizationUrl", url("/authorize"),
                "tokenUrl", url("/token"),
                "revocationUrl", url("/revoke"),
                "clientId", "clientId",
                "clientSecret", "clientSecret");
        return PluginBuilder.plugin("broker")
                .with("config", Map.of("clientId", ofTheContainer, "clientSecret", ofTheContainer))
                .with("auth", List.of(method))
                .with("runtime", Map.of("locations", List.of("bundle", "worker")))
                .jar()
                .withClasses(Broker.class);
    }

    /** Goes where a tenant is sent, and answers what the browser comes back with, as JSON. */
    static String browse(String authorizationUrl) {
        URI url = URI.create(authorizationUrl);
        Answer sent = new Client(url).get(url.getPath() + "?" + url.getRawQuery());
        URI back = URI.create(sent.headers().firstValue("Location").orElseThrow());
        Map<String, String> came = parameters(back.getRawQuery());
        return "{\"state\":\"" + came.get("state") + "\",\"code\":\"" + came.get("code") + "\"}";
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply answer(Asked asked) {
        URI target = URI.create(asked.target());
        return switch (target.getPath()) {
            case "/authorize" -> authorize(parameters(target.getRawQuery()));
            case "/token" -> token(asked, parameters(asked.body()));
            case "/revoke" -> revoke(asked, parameters(asked.body()));
            default -> Reply.of(404, "");
        };
    }

    /** The person who sits before the browser says yes. */
    private Reply authorize(Map<String, String> asked) {
        if (!asked.get("code_challenge_method").equals("S256")
                || !asked.get("client_id").equals("me")) {
            return Reply.of(400, "");
        }
        String code = CODE + number.incrementAndGet();
        challenges.put(code, asked.get("code_challenge"));
        return new Reply(302, Map.of("Location", BACK + "?code=" + code + "&state=" + asked.get("state")), "");
    }

    private Reply token(Asked asked, Map<String, String> form) {
        if (!known(asked)) {
            return refused(401, "invalid_client");
        }
        return switch (behaviour) {
            case GOOD -> tokens(form);
            case FAILING -> Reply.of(503, "");
            case SLOW -> late();
            case REDIRECTING -> new Reply(307, Map.of("Location", url("/authorize")), "");
            case ENDLESS -> Reply.of(200, "{\"access_token\":\"" + "x".repeat(1 << 20));
            case QUOTING ->
                Reply.of(
                        400,
                        "{\"error\":\"invalid_grant\",\"error_description\":\"" + asked.body() + " of " + SECRET
                                + "\"}");
        };
    }

    private Reply tokens(Map<String, String> form) {
        return form.get("grant_type").equals("refresh_token") ? refreshed(form.get("refresh_token")) : exchanged(form);
    }

    private Reply exchanged(Map<String, String> form) {
        String challenge = challenges.remove(form.get("code"));
        boolean proved = challenge != null
                && challenge.equals(challenge(form.get("code_verifier")))
                && form.get("redirect_uri").equals(BACK);
        return proved ? granted() : refused(400, "invalid_grant");
    }

    private Reply refreshed(String token) {
        refreshes.incrementAndGet();
        if (!good.remove(token)) {
            stolen.add(token);
            return refused(400, "invalid_grant");
        }
        return granted();
    }

    private Reply granted() {
        int next = number.incrementAndGet();
        good.add(REFRESH + "-" + next);
        return Reply.of(
                200,
                "{\"access_token\":\"%s-%d\",\"refresh_token\":\"%s-%d\",\"token_type\":\"bearer\",\"expires_in\":%d}"
                        .formatted(ACCESS, next, REFRESH, next, seconds));
    }

    private Reply revoke(Asked asked, Map<String, String> form) {
        if (!known(asked)) {
            return refused(401, "invalid_client");
        }
        good.remove(form.get("token"));
        revoked.add(form.get("token"));
        return Reply.of(200, "");
    }

    private static boolean known(Asked asked) {
        String both = Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(StandardCharsets.UTF_8));
        return asked.field("Authorization").filter(("Basic " + both)::equals).isPresent();
    }

    private static Reply refused(int status, String error) {
        return Reply.of(status, "{\"error\":\"" + error + "\"}");
    }

    private static Reply late() {
        try {
            TimeUnit.SECONDS.sleep(60);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.of(200, "{}");
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : text.split("&", -1)) {
            String[] parts = part.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
