// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.process.address.Names;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriesCallsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final TestHops hops = new TestHops();

    @AfterEach
    void close() {
        hops.close();
    }

    @Test
    void sendsWhatItIsGivenAndNothingElse() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                Peer peer = hops.hops.peer(TestHops.place("http://127.0.0.1:" + raw.port() + "/base/", Names.SYSTEM))) {
            Headers fields = Headers.of(Map.of("X-Mortise-Tenant", List.of("acme"), "Accept", List.of("a", "b")));
            Response answer = hops.hops.send(
                    peer,
                    new Outgoing("GET", "/x%20y?a=%zz&b=1+2", fields, Body.empty(), TestHops.deadline(60_000), false));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().buffered()).isTrue();
            assertThat(answer.body().text()).isEqualTo("hi");
            assertThat(answer.headers().names()).isEmpty();
            assertThat(raw.heads.get(0).get(0)).isEqualTo("GET /base/x%20y?a=%zz&b=1+2 HTTP/1.1");
            assertThat(raw.heads.get(0).subList(1, raw.heads.get(0).size()))
                    .containsExactlyInAnyOrder(
                            "Host: 127.0.0.1:" + raw.port(), "X-Mortise-Tenant: acme", "Accept: a", "Accept: b");
        }
    }

    @Test
    void sendsAWellFormedQueryAsItIs() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                Peer peer = hops.peer(raw.port())) {
            hops.get(peer, "/a;b=c?q=%C3%A4&q=a+b&&=&x");

            assertThat(raw.heads.get(0).get(0)).isEqualTo("GET /a;b=c?q=%C3%A4&q=a+b&&=&x HTTP/1.1");
        }
    }

    @Test
    void keepsTheNameAndGoesToTheJudgedAddress() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK)) {
            List<String> lookedUp = new java.util.ArrayList<>();
            Names names = host -> {
                lookedUp.add(host);
                return List.of(java.net.InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
            };
            try (Peer peer = hops.hops.peer(TestHops.place("http://worker.invalid:" + raw.port(), names))) {
                hops.get(peer, "/");
                hops.get(peer, "/");
            }

            assertThat(lookedUp).containsExactly("worker.invalid");
            assertThat(raw.heads.get(1)).contains("Host: worker.invalid:" + raw.port());
        }
    }

    @Test
    void usesAConnectionAgain() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                Peer peer = hops.peer(raw.port())) {
            for (int i = 0; i < 20; i++) {
                hops.get(peer, "/");
            }

            assertThat(raw.heads).hasSize(20);
            assertThat(raw.connections).hasValue(1);
        }
    }

    @Test
    void leavesOutWhatIsMeantForOneHop() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nX-End: 2\r\n"
                + "Proxy-Authenticate: Basic\r\nTrailer: X\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n";
        Map<String, List<String>> fields = Map.ofEntries(
                Map.entry("Connection", List.of("close, X-Hop", "x-mortise-tenant")),
                Map.entry("X-Hop", List.of("1")),
                Map.entry("X-Mortise-Tenant", List.of("acme")),
                Map.entry("Keep-Alive", List.of("timeout=5")),
                Map.entry("Proxy-Authorization", List.of("Basic x")),
                Map.entry("TE", List.of("trailers")),
                Map.entry("Transfer-Encoding", List.of("chunked")),
                Map.entry("Upgrade", List.of("websocket")),
                Map.entry("Expect", List.of("100-continue")),
                Map.entry("Host", List.of("evil")),
                Map.entry("Content-Length", List.of("99")),
                Map.entry("HTTP2-Settings", List.of("x")));
        try (RawPeer raw = RawPeer.answering(answer);
                Peer peer = hops.peer(raw.port())) {
            Response response = hops.hops.send(
                    peer, new Outgoing("GET", "/", Headers.of(fields), Body.empty(), TestHops.deadline(60_000), false));

            assertThat(raw.heads.get(0))
                    .containsExactlyInAnyOrder(
                            "GET / HTTP/1.1", "Host: 127.0.0.1:" + raw.port(), "X-Mortise-Tenant: acme");
            assertThat(response.headers().names()).containsExactly("X-End");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: 1", "a\nb", "a\u0000b", "a\u007f"})
    void refusesAValueThatWouldBeginAnotherField(String value) throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                Peer peer = hops.peer(raw.port())) {
            Outgoing request =
                    new Outgoing("GET", "/", Headers.of("X", value), Body.empty(), TestHops.deadline(60_000), false);

            assertThatThrownBy(() -> hops.hops.send(peer, request)).isInstanceOf(IllegalArgumentException.class);
            assertThat(raw.connections).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "//evil/x", "/a b", "/a#b", "/a\r\nX: 1", "/\u00e4", "http://evil/"})
    void refusesATargetThatIsNone(String target) throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                Peer peer = hops.peer(raw.port())) {
            assertThatThrownBy(() -> hops.get(peer, target)).isInstanceOf(IllegalArgumentException.class);
            assertThat(raw.connections).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"301", "302", "307", "401", "407", "500", "503"})
    void answersWhatIsAnsweredAndDoesNothingAboutIt(String status) throws Exception {
        try (RawPeer trap = RawPeer.answering(OK);
                RawPeer raw = RawPeer.answering("HTTP/1.1 " + status + " X\r\nLocation: http://127.0.0.1:" + trap.port()
                        + "/\r\nWWW-Authenticate: Basic realm=\"x\"\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
                Peer peer = hops.peer(raw.port())) {
            Response first = hops.get(peer, "/");
            hops.get(peer, "/");

            assertThat(first.status()).isEqualTo(Integer.parseInt(status));
            assertThat(first.headers().first("Set-Cookie")).contains("a=b");
            assertThat(raw.heads).hasSize(2);
            assertThat(raw.heads.get(1)).noneMatch(line -> line.startsWith("Cookie"));
            assertThat(trap.connections).hasValue(0);
        }
    }

    @Test
    void expandsNothing() throws Exception {
        try (RawPeer raw = RawPeer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b!");
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.get(peer, "/");

            assertThat(answer.headers().first("Content-Encoding")).contains("gzip");
            assertThat(answer.body().buffer().remaining()).isEqualTo(3);
            assertThat(raw.heads.get(0)).noneMatch(line -> line.startsWith("Accept-Encoding"));
        }
    }

    @Test
    void knowsAnswersWithoutContent() throws Exception {
        try (RawPeer raw = RawPeer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n");
                Peer peer = hops.peer(raw.port())) {
            Response head = hops.hops.send(peer, TestHops.request("HEAD", "/", Body.empty()));
            hops.hops.send(peer, TestHops.request("HEAD", "/", Body.empty()));

            assertThat(head.body().length()).isEqualTo(OptionalLong.of(5_000_000));
            assertThat(head.body().buffer().remaining()).isZero();
            assertThat(raw.connections).hasValue(1);
        }
        for (String status : List.of("204", "304")) {
            try (RawPeer raw = RawPeer.answering("HTTP/1.1 " + status + " X\r\nETag: \"a\"\r\n\r\n");
                    Peer peer = hops.peer(raw.port())) {
                hops.get(peer, "/");
                Response answer = hops.get(peer, "/");

                assertThat(answer.status()).isEqualTo(Integer.parseInt(status));
                assertThat(answer.body().length()).isEqualTo(OptionalLong.of(0));
                assertThat(answer.headers().first("ETag")).contains("\"a\"");
                assertThat(raw.connections).hasValue(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 A\r\n\r\nHTTP/1.1 103 B\r\nX: 1\r\n\r\nHTTP/1.1 103 C\r\nX: 2\r\n\r\n",
            })
    void passesOverInterimAnswers(String interim) throws Exception {
        try (RawPeer raw = RawPeer.answering(interim + OK);
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.get(peer, "/");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().text()).isEqualTo("hi");
            assertThat(answer.headers().names()).isEmpty();
            assertThat(hops.get(peer, "/").body().text()).isEqualTo("hi");
            assertThat(raw.connections).hasValue(1);
        }
    }
}
