// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.RawConnection.Reply;
import dev.mortise.itests.harness.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a handler sees of a request: path, query, fields and bytes. */
final class RequestRows {
    private static final Map<String, String> SEGMENTS = Map.of(
            "a%20b", "a b",
            "%C3%A4%E2%82%AC", "ä€",
            "a+b%2Bc", "a+b+c",
            "%5B%5D", "[]",
            "~-._!$&'()*:@", "~-._!$&'()*:@");
    private static final Map<String, String> QUERIES = Map.of(
            "a=1&b=2&a=3", "{\"a\":[\"1\",\"3\"],\"b\":[\"2\"]}",
            "a=%C3%A4+b%2Bc&e=&f", "{\"a\":[\"ä b+c\"],\"e\":[\"\"],\"f\":[\"\"]}",
            "a=%26%3D%3F", "{\"a\":[\"&=?\"]}",
            "", "{}");

    private RequestRows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.of("fields of the client", RequestRows::fields),
                Row.of("fields that claim an identity", RequestRows::claims),
                Row.of("content with a length", RequestRows::content),
                Row.of("content in chunks", RequestRows::chunks),
                Row.of("no content", RequestRows::nothing),
                Row.of("a path that stands for another one", RequestRows::ambiguous),
                Row.of("a path that is not there", RequestRows::unknown)
                        .but(Place.REMOTE, Subject.NO_CLIENTS, subject -> noEndpoint(subject, "GET", "/nothing")),
                Row.of("a method that is not there", RequestRows::otherMethod)
                        .but(Place.REMOTE, Subject.NO_CLIENTS, subject -> noEndpoint(subject, "DELETE", "/bytes"))));
        SEGMENTS.forEach((sent, seen) -> rows.add(Row.of("segment " + sent, subject -> {
            Reply reply = subject.raw("GET", "/seen/" + sent);
            assertThat(seen(reply).path("value").asText()).isEqualTo(seen);
            assertThat(seen(reply).path("path").asText()).isEqualTo("/seen/" + seen);
        })));
        QUERIES.forEach((sent, seen) -> rows.add(Row.of("query " + sent, subject -> {
            Reply reply = subject.raw("GET", "/seen/query" + (sent.isEmpty() ? "" : "?" + sent));
            assertThat(seen(reply).path("query")).isEqualTo(Json.read(seen));
        })));
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            rows.add(Row.of("method " + method, subject -> {
                Reply reply = subject.raw(method, "/seen/method", "Content-Length: 4\r\n\r\nbody");
                assertThat(seen(reply).path("method").asText()).isEqualTo(method);
                assertThat(seen(reply).path("content").asText()).isEqualTo("body");
            }));
        }
        return rows;
    }

    /** RawConnection reads bytes; JSON is UTF-8. */
    private static JsonNode seen(Reply reply) {
        String text = new String(
                reply.body().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(reply.status()).as(text).isEqualTo(200);
        return Json.read(text);
    }

    private static void fields(Subject subject) throws Exception {
        Reply reply = subject.raw("POST", "/seen/fields", """
                Accept: text/plain, */*;q=0.1\r
                Accept-Language: de\r
                Content-Type: text/plain;charset=utf-8\r
                Content-Length: 2\r
                User-Agent: rows/1\r
                X-Many: one\r
                X-Many: two, three\r
                X-Request-Id: rows-1\r
                Connection: X-Hop\r
                X-Hop: for one connection\r
                \r
                ok""");

        assertThat(seen(reply).path("content").asText()).isEqualTo("ok");
        String host = subject.container().anonymous().base().getAuthority();
        assertThat(seen(reply).path("fields")).isEqualTo(Json.read("""
                        {"accept":["text/plain, */*;q=0.1"],"accept-language":["de"],
                         "content-length":["2"],"content-type":["text/plain;charset=utf-8"],"user-agent":["rows/1"],
                         "host":["%s"],"x-request-id":["rows-1"],"x-many":["one","two, three"]}""".formatted(host)));
    }

    private static void claims(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/seen/claims", """
                X-Mortise-Tenant: acme\r
                x_mortise_user: root\r
                X-User-Id: root\r
                X-Forwarded-For: 10.0.0.1\r
                Cookie: a=1\r
                \r
                """);

        assertThat(seen(reply).path("fields").toString())
                .doesNotContain("acme")
                .doesNotContain("root")
                .doesNotContain("10.0.0.1")
                .doesNotContain("cookie")
                .doesNotContain("authorization");
    }

    private static void content(Subject subject) throws Exception {
        String bytes = java.util.stream.IntStream.range(0, 100_000)
                .mapToObj(at -> String.valueOf((char) (at * 31 % 256)))
                .collect(Collectors.joining());
        Reply reply = subject.raw(
                "POST", "/echo", "Content-Type: x/y\r\nContent-Length: " + bytes.length() + "\r\n\r\n" + bytes);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("Content-Type")).isEqualTo("x/y");
        assertThat(reply.field("X-Length")).isEqualTo("100000");
        assertThat(reply.body().equals(bytes)).isTrue();
    }

    private static void chunks(Subject subject) throws Exception {
        Reply reply =
                subject.raw("POST", "/echo", "Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n4\r\n two\r\n0\r\n\r\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("X-Length")).isEqualTo("unknown");
        assertThat(reply.body()).isEqualTo("one two");
    }

    private static void nothing(Subject subject) throws Exception {
        Reply reply = subject.raw("POST", "/echo", "Content-Length: 0\r\n\r\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("Content-Type")).isEqualTo("none");
        assertThat(reply.field("X-Length")).isEqualTo("0");
        assertThat(reply.body()).isEmpty();
    }

    private static void ambiguous(Subject subject) throws Exception {
        for (String route : List.of(
                "/seen/a%2Fb", "/seen/../seen/a", "/seen//a", "/seen/%00", "/seen/%25", "/seen/%3F", "/seen/a;b=1")) {
            assertThat(subject.raw("GET", route).status()).as(route).isEqualTo(400);
        }
    }

    private static void unknown(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/nothing", "X-Request-Id: rows-2\r\n\r\n");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(Json.read(subject.open(reply.body()))).isEqualTo(Json.read("""
                {"type":"about:blank","title":"Not Found","status":404,"code":"ROUTE_NOT_FOUND",
                 "detail":"There is nothing at '/api/v1/p/<plugin>/nothing'.","instance":"/api/v1/p/<plugin>/nothing",
                 "requestId":"rows-2"}"""));
    }

    private static void noEndpoint(Subject subject, String method, String route) throws Exception {
        Reply reply = subject.raw(method, route);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(Json.read(reply.body()).path("code").asText()).isEqualTo("ENDPOINT_NOT_FOUND");
    }

    private static void otherMethod(Subject subject) throws Exception {
        Reply reply = subject.raw("DELETE", "/bytes");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
}
