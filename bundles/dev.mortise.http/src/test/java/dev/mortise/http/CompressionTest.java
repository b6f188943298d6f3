// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    private static final String TEXT = "{\"name\":\"chair\"},".repeat(200);
    private static final Response JSON = Response.of(200, "application/json", Body.of(TEXT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                "x-gzip",
                "deflate, gzip;q=0.5",
                "br;q=1.0, gzip;q=0.8, *;q=0.1",
                "*",
                "gzip;q=1, identity;q=0.5",
                "identity;q=0, gzip"
            })
    void compressesForWhoTakesIt(String accepted) throws Exception {
        RawConnection.Answer answer = ask("GET", JSON, accepted);

        assertThat(answer.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(Integer.parseInt(answer.field("Content-Length"))).isLessThan(TEXT.length() / 10);
        assertThat(unpacked(answer)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "br",
                "gzip;q=0",
                "gzip;q=0, *",
                "*;q=0",
                "identity, gzip;q=0.5",
                "gzip;q=x",
                "gzipped"
            })
    void sendsItAsItIsToOthersAndTellsCaches(String accepted) throws Exception {
        RawConnection.Answer answer = ask("GET", JSON, accepted);

        assertThat(answer.fields()).doesNotContainKey("Content-Encoding");
        assertThat(answer.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.body()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,true",
        "application/problem+json,true",
        "text/html;charset=utf-8,true",
        "image/svg+xml,true",
        "image/png,false",
        "application/octet-stream,false",
        "application/zip,false",
        "text/event-stream,false"
    })
    void compressesTextAlone(String type, boolean compressed) throws Exception {
        RawConnection.Answer answer = ask("GET", Response.of(200, type, Body.of(TEXT)), "gzip");

        assertThat(answer.fields().containsKey("Content-Encoding")).isEqualTo(compressed);
        assertThat(answer.fields().containsKey("Vary")).isEqualTo(compressed);
    }

    @Test
    void leavesAloneWhatIsSmallOrCodedOrPartialOrMustStay() throws Exception {
        assertThat(plain(Response.of(200, "application/json", Body.of("{}")))).isTrue();
        assertThat(plain(new Response(206, JSON.headers(), JSON.body()))).isTrue();
        assertThat(plain(JSON.with("Cache-Control", "private, no-transform"))).isTrue();
        assertThat(plain(Response.of(200, "application/json", Body.of("x".repeat(2_000_000)))))
                .isTrue();

        RawConnection.Answer coded = ask("GET", JSON.with("Content-Encoding", "br"), "gzip");
        assertThat(coded.field("Content-Encoding")).isEqualTo("br");
        assertThat(coded.body()).isEqualTo(TEXT);
    }

    @Test
    void leavesStreamsAlone() throws Exception {
        Body stream = Body.writing(sink -> sink.write(TEXT.getBytes(StandardCharsets.UTF_8)));

        assertThat(plain(Response.of(200, "application/json", stream))).isTrue();
    }

    @Test
    void addsToWhatTheHandlerSaysOfVariants() throws Exception {
        assertThat(ask("GET", JSON.with("Vary", "Accept"), "gzip").field("Vary"))
                .isEqualTo("Accept,Accept-Encoding");
        assertThat(ask("GET", JSON.with("Vary", "accept-encoding"), "gzip").field("Vary"))
                .isEqualTo("accept-encoding");
        assertThat(ask("GET", JSON.with("Vary", "*"), "gzip").field("Vary")).isEqualTo("*");
    }

    @Test
    void answersHeadLikeGet() throws Exception {
        RawConnection.Answer get = ask("GET", JSON.with("ETag", "\"1\""), "gzip");
        RawConnection.Answer head = ask("HEAD", JSON.with("ETag", "\"1\""), "gzip");

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.fields()).isEqualTo(get.fields());
    }

    @Test
    void weakensATagBecauseTheBytesAreOthers() throws Exception {
        assertThat(ask("GET", JSON.with("ETag", "\"1\""), "gzip").field("ETag")).isEqualTo("W/\"1\"");
        assertThat(ask("GET", JSON.with("ETag", "W/\"1\""), "gzip").field("ETag"))
                .isEqualTo("W/\"1\"");
        assertThat(ask("GET", JSON.with("ETag", "\"1\""), "").field("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void answers304WithTheFieldsOfTheAnswerThatTheClientHas() throws Exception {
        Response known = new Response(
                304,
                JSON.with("ETag", "\"1\"").with("Cache-Control", "no-cache").headers(),
                JSON.body());

        RawConnection.Answer packed = ask("GET", known, "gzip");
        assertThat(packed.fields()).containsOnlyKeys("Date", "ETag", "Cache-Control", "Vary");
        assertThat(packed.field("ETag")).isEqualTo("W/\"1\"");
        assertThat(packed.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(ask("GET", known, "").field("ETag")).isEqualTo("\"1\"");
    }

    private static boolean plain(Response response) throws Exception {
        RawConnection.Answer answer = ask("GET", response, "gzip");
        return answer.field("Content-Encoding").isEmpty()
                && answer.field("Vary").isEmpty()
                && !answer.body().isEmpty();
    }

    private static String unpacked(RawConnection.Answer answer) throws Exception {
        byte[] bytes = answer.body().getBytes(StandardCharsets.ISO_8859_1);
        return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static RawConnection.Answer ask(String method, Response response, String accepted) throws Exception {
        String field = accepted.isEmpty() ? "" : "Accept-Encoding: " + accepted + "\r\n";
        try (TestServer server = TestServer.start(e -> e.respond(response));
                RawConnection connection = server.connect()) {
            connection.send(method + " / HTTP/1.1\r\nHost: h\r\n" + field + "\r\n");
            RawConnection.Answer answer = connection.read(method);
            // Nothing of a body that must not be there stands before the next answer.
            assertThat(connection
                            .send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .read(method)
                            .status())
                    .isEqualTo(response.status());
            return answer;
        }
    }
}
