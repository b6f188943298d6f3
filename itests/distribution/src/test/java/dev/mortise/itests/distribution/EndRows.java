// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** How the plugin ends; the last rows of each place. */
final class EndRows {
    private static final String HEARD = "it heard of its end";
    private static final String ITSELF = "it is ended where it was started";

    private EndRows() {}

    static List<Row> all() {
        return List.of(Row.of("its end", EndRows::removed)
                .but(Place.NODE, "a program has no hooks: its end is that of its process", EndRows::processGone)
                .but(Place.REMOTE, ITSELF, EndRows::terminated));
    }

    private static void removed(Subject subject) throws Exception {
        remove(subject);
        Wait.until("its hook was called", () -> subject.logged(HEARD));
        processGone(subject);
    }

    private static void remove(Subject subject) throws IOException {
        subject.container().remove(subject.place().plugin() + ".jar");
        Wait.until("nobody answers", () -> subject.get("/bytes").status() == 404);
    }

    private static void processGone(Subject subject) throws IOException {
        if (subject.place() == Place.NODE) {
            remove(subject);
        }
        Wait.until("no process is left", () -> !subject.container()
                .admin()
                .get("/api/v1/workers")
                .body()
                .contains("\"" + subject.place().plugin() + "\""));
    }

    private static void terminated(Subject subject) throws Exception {
        subject.remote().terminate();

        assertThat(subject.remote().exitCode()).as(subject.remote().output()).isZero();
        assertThat(subject.remote().output()).contains(HEARD);
        Wait.until("nobody answers", () -> subject.get("/bytes").status() >= 400);
    }
}
