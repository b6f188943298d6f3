// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import java.time.Duration;
import java.util.List;

/** What takes too long is answered in time, and its handler is told. */
final class TimeRows {
    /** Ten times the endpoint's time, for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private TimeRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("the deadline of a call", TimeRows::late),
                Row.of("a handler after its deadline", TimeRows::interrupted)
                        .but(
                                Place.NODE,
                                "a program sees X-Mortise-Deadline-Ms and the end of its connection, and keeps to them or not",
                                subject -> assertThat(
                                                subject.get("/late/outcome").body())
                                        .isEqualTo("gone")));
    }

    private static void late(Subject subject) {
        long begin = System.nanoTime();
        Answer answer = subject.client().post(subject.path("/late"), "{\"some\":\"content\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(500), SOON);
    }

    /** What it answers then is not even asked to write itself. */
    private static void interrupted(Subject subject) {
        subject.awaitText("/late/outcome", "interrupted, no time left");
        assertThat(subject.get("/bytes").status()).isEqualTo(200);
        assertThat(subject.get("/late/outcome").body()).isEqualTo("interrupted, no time left");
    }
}
