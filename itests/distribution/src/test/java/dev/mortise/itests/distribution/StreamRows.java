// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Streams: each piece arrives when it was made, in both directions, and whoever leaves is noticed. */
final class StreamRows {
    private StreamRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("pieces of an answer", StreamRows::pieces),
                Row.of("pieces both ways", StreamRows::conversation));
    }

    /** The last tick meets a client that is gone. */
    private static void pieces(Subject subject) throws Exception {
        tick(subject);
        try (EventStream events = EventStream.open(subject.client(), subject.path("/pieces"))) {
            assertThat(events.status()).isEqualTo(200);
            Wait.until("piece 1", () -> events.values("data").size() == 1);
            for (int i = 2; i <= 3; i++) {
                int made = i;
                tick(subject);
                Wait.until("piece " + i, () -> events.values("data").size() == made);
            }
        }
        Wait.until("its handler has heard of the end", () -> {
            tick(subject);
            return subject.get("/pieces/end").body().equals("broken off");
        });
    }

    private static void tick(Subject subject) {
        assertThat(subject.post("/pieces/tick").status()).isEqualTo(204);
    }

    private static void conversation(Subject subject) throws Exception {
        try (RawConnection connection = RawConnection.to(subject.client())) {
            connection.send("POST " + subject.path("/conversation") + " HTTP/1.1\r\n"
                    + RawConnection.fields(subject.client()) + "Transfer-Encoding: chunked\r\n\r\n");
            connection.send("3\r\none\r\n");
            assertThat(connection.readStart().status()).isEqualTo(200);
            assertThat(connection.readUntil("<one>")).isTrue();
            connection.send("3\r\ntwo\r\n");
            assertThat(connection.readUntil("<two>")).isTrue();
            connection.send("0\r\n\r\n");
            assertThat(connection.readUntil("0\r\n\r\n")).isTrue();
        }
    }
}
