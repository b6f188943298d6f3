// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever claims an identity in a field of his request is refused or not heard, in whatever spelling and version. */
final class SpoofIT {
    private static final Product PRODUCT = Product.find();
    private static final String EVIL = "evil-7f3a";
    private static final String SEEN = "/api/v1/p/mirror/seen";
    private static final List<String> NAMES = List.of(
            "X-Tenant-Id",
            "x-tenant-id",
            "X_Tenant_Id",
            "x_tenant_id",
            "X.Tenant.Id",
            "X-Tenant_Id",
            "X-Tenant",
            "X-Caller",
            "x-caller",
            "X_Caller",
            "X.Caller",
            "X-Caller-Id",
            "x_caller_id",
            "X-Plugin",
            "X-Plugin-Id",
            "x.plugin.id",
            "X-User",
            "x_user",
            "X-User-Id",
            "X-User-Roles",
            "X-Mortise-Tenant",
            "x-mortise-tenant",
            "X_Mortise_Tenant",
            "x.mortise.tenant",
            "X-Mortise-Caller",
            "X-Mortise-User",
            "X-Mortise-Roles",
            "X-Mortise-Token",
            "X-Mortise-Hop",
            "X-Mortise-Deadline-Ms",
            "X-Mortise-Request-Id",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-User",
            "x_forwarded_host",
            "X-Real-Ip",
            "X-Original-Url",
            "Cookie",
            "Proxy-Authorization",
            "authorization",
            "Keep-Alive",
            "Trailer");

    @AutoClose
    private static Container container;

    private static Client user;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        container.awaitState("worker-token", "READY");
        Operator.of(container).install(plugin("mirror").jar().withClasses(Mirror.class));
        user = container
                .anonymous()
                .token(container
                        .client()
                        .post("/api/v1/p/worker-token/tokens", "{\"name\":\"user\",\"permissions\":[]}")
                        .json()
                        .path("token")
                        .asText());
    }

    @Test
    void whoSpoofsNothingIsSeenAsHimself() throws Exception {
        assertThat(ask("GET", "", "")).contains("tenant=default\n", "identity=", "caller=none\n");
    }

    @Test
    void noFieldMakesSomebodyElseOfACaller() throws Exception {
        String honest = whoIsSeen(ask("GET", "", ""));
        List<String> attacks = new ArrayList<>();
        for (String name : NAMES) {
            attacks.add(name + ": " + EVIL + "\r\n");
            attacks.add(name + ": default\r\n" + name + ": " + EVIL + "\r\n");
            attacks.add(name + ":\r\n " + EVIL + "\r\n");
            attacks.add("Connection: " + name + "\r\n" + name + ": " + EVIL + "\r\n");
            attacks.add("Connection: close, " + name.toUpperCase(Locale.ROOT) + "\r\n" + name + ": " + EVIL + "\r\n");
            attacks.add(name + " : " + EVIL + "\r\n");
        }
        attacks.add("Connection: X-Anything\r\nX-Anything: " + EVIL + "\r\n");

        assertThat(attacks).hasSizeGreaterThan(40);
        for (String attack : attacks) {
            refusedOrHonest(attack, ask("GET", attack, ""), honest);
        }
    }

    @Test
    void noTrailerMakesSomebodyElseOfACaller() throws Exception {
        String honest = whoIsSeen(ask("GET", "", ""));
        for (String name : NAMES) {
            String chunks = "2\r\nhi\r\n0\r\n" + name + ": " + EVIL + "\r\n\r\n";
            refusedOrHonest("trailer " + name, ask("POST", "Transfer-Encoding: chunked\r\n", chunks), honest);
        }
    }

    @Test
    void noFieldOfHttp2MakesSomebodyElseOfACaller() throws Exception {
        String honest = whoIsSeen(http2(List.of()));
        assertThat(honest).isEqualTo(whoIsSeen(ask("GET", "", "")));
        List<String[]> attacks = new ArrayList<>();
        NAMES.forEach(name -> attacks.add(new String[] {name.toLowerCase(Locale.ROOT), EVIL}));
        attacks.add(new String[] {"X-Tenant-Id", EVIL});
        attacks.add(new String[] {":tenant", EVIL});
        attacks.add(new String[] {":x-tenant-id", EVIL});
        attacks.add(new String[] {"connection", "x-tenant-id"});
        attacks.add(new String[] {"x-tenant-id ", EVIL});
        attacks.add(new String[] {"x-note", "a\r\nx-tenant-id: " + EVIL});
        for (String[] attack : attacks) {
            refusedOrHonest(attack[0] + " in HTTP/2", http2(List.<String[]>of(attack)), honest);
        }
    }

    private static void refusedOrHonest(String attack, String answer, String honest) {
        assertThat(answer.lines().filter(line -> !line.startsWith("{")))
                .as(attack)
                .noneMatch(line -> line.contains(EVIL));
        if (answer.contains("identity=")) {
            assertThat(whoIsSeen(answer)).as(attack).isEqualTo(honest);
        }
    }

    private static String whoIsSeen(String answer) {
        return answer.substring(0, answer.indexOf('\n', answer.indexOf("caller=")));
    }

    private static String ask(String method, String fields, String content) throws Exception {
        try (RawConnection connection = RawConnection.to(user)) {
            return connection
                    .send(method + " " + SEEN + " HTTP/1.1\r\n" + RawConnection.fields(user) + fields + "\r\n"
                            + content)
                    .read()
                    .body();
        }
    }

    private static String http2(List<String[]> fields) throws Exception {
        try (Http2Request request = Http2Request.to(user)) {
            return request.get(SEEN, user.fields(), fields);
        }
    }
}
