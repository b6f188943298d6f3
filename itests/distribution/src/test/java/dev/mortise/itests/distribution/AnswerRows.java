// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.RawConnection.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Status, fields and bytes of answers. */
final class AnswerRows {
    private static final int LARGE = 3 * 1024 * 1024;
    private static final List<Integer> STATUSES = List.of(
            200, 201, 202, 204, 205, 206, 301, 304, 400, 401, 402, 403, 404, 405, 408, 409, 410, 412, 413, 422, 429,
            451, 502, 500, 503, 501, 504, 599);

    private AnswerRows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.of("bytes that are no text", AnswerRows::bytes),
                Row.of("fields with several values, and those of one connection", AnswerRows::fields),
                Row.of("HEAD has the fields of GET and nothing behind them", AnswerRows::head),
                Row.of("a text is packed for who takes it so", AnswerRows::packed),
                Row.of("a tag is compared", AnswerRows::tagged),
                Row.of("a large answer that tells its length", subject -> large(subject, "/large/known", "\0")),
                Row.of(
                        "a large answer that does not",
                        subject -> large(subject, "/large/unknown", "0123456789abcdef"))));
        STATUSES.forEach(code -> rows.add(Row.of("status " + code, subject -> status(subject, code))));
        return rows;
    }

    private static void bytes(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/bytes");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(Subject.fields(reply))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("content-type", "application/octet-stream", "content-length", "256"));
        assertThat(reply.body())
                .isEqualTo(IntStream.range(0, 256)
                        .mapToObj(octet -> new String(new byte[] {(byte) octet}, ISO_8859_1))
                        .collect(Collectors.joining()));
    }

    private static void fields(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/fields");

        assertThat(reply.body()).isEqualTo("fields");
        assertThat(Subject.fields(reply))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type", "text/plain",
                        "content-length", "6",
                        "x-many", "one,two, three",
                        "x-empty", "",
                        "set-cookie", "a=1; Path=/,b=2",
                        "x-lower", "kept"));
    }

    private static void head(Subject subject) throws Exception {
        for (String route : List.of("/bytes", "/fields", "/large/known", "/large/unknown", "/status/404")) {
            Map<String, String> get = Subject.fields(subject.raw("GET", route));
            Reply head = subject.raw("HEAD", route);
            assertThat(Subject.fields(head)).as(route).isEqualTo(get);
        }
    }

    private static void packed(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/text", "Accept-Encoding: gzip\r\n\r\n");

        assertThat(reply.fields()).containsEntry("Content-Encoding", "gzip").containsEntry("Vary", "Accept-Encoding");
        assertThat(reply.body().length()).isLessThan(1_000);
    }

    private static void tagged(Subject subject) throws Exception {
        Reply same = subject.raw("GET", "/tagged", "If-None-Match: \"one\"\r\n\r\n");
        Reply other = subject.raw("GET", "/tagged", "If-None-Match: \"two\"\r\n\r\n");

        assertThat(same.status()).isEqualTo(304);
        assertThat(Subject.fields(same)).containsEntry("etag", "\"one\"").doesNotContainKey("content-length");
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body()).isEqualTo("tagged");
    }

    private static void large(Subject subject, String route, String pattern) throws Exception {
        Reply reply = subject.raw("GET", route);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("Content-Type")).isEqualTo("application/x-large");
        assertThat(reply.body()).hasSize(LARGE);
        assertThat(reply.body().equals(pattern.repeat(LARGE / pattern.length())))
                .isTrue();
    }

    private static void status(Subject subject, int code) throws Exception {
        Reply reply = subject.raw("GET", "/status/" + code);

        assertThat(reply.status()).isEqualTo(code);
        assertThat(reply.field("X-Status")).isEqualTo("is " + code);
        boolean empty = code == 204 || code == 205 || code == 304;
        assertThat(reply.body()).isEqualTo(empty ? "" : "status " + code);
    }
}
