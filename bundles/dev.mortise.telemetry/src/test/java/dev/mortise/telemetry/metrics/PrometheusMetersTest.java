// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.Meters.Series;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusMetersTest {
    private static final Series CALLS = new Series("mortise.calls", "How long calls take.", Map.of("plugin", "a"));
    private static final Series REFUSALS = new Series("mortise.refusals", "Refused calls.", Map.of("code", "X"));
    private static final Series RUNNING = new Series("mortise.running", "Calls that run.", Map.of());

    private final PrometheusMeters meters = new PrometheusMeters();
    private final Meters.Group group = meters.open();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void showsACounter() {
        group.counter(REFUSALS).add(1);
        group.counter(REFUSALS).add(2);

        assertThat(page())
                .contains("# HELP mortise_refusals_total Refused calls.\n")
                .contains("mortise_refusals_total{code=\"X\"} 3.0\n");
    }

    @Test
    void showsATimerWithItsBuckets() {
        group.timer(CALLS).record(Duration.ofMillis(7).toNanos());

        assertThat(page())
                .contains("# TYPE mortise_calls_seconds histogram\n")
                .contains("mortise_calls_seconds_bucket{plugin=\"a\",le=\"0.005\"} 0\n")
                .contains("mortise_calls_seconds_bucket{plugin=\"a\",le=\"0.01\"} 1\n")
                .contains("mortise_calls_seconds_count{plugin=\"a\"} 1\n")
                .contains("mortise_calls_seconds_sum{plugin=\"a\"} 0.007\n");
    }

    @Test
    void addsUpWhatSeveralGroupsSayOfOneGauge() {
        Meters.Group other = meters.open();
        group.gauge(RUNNING, () -> 2);
        other.gauge(RUNNING, () -> 3);
        assertThat(page()).contains("mortise_running 5.0\n");

        group.close();

        assertThat(page()).contains("mortise_running 3.0\n");
    }

    @Test
    void keepsASeriesUntilTheLastGroupCloses() {
        Meters.Group next = meters.open();
        group.counter(REFUSALS).add(1);
        next.counter(REFUSALS).add(1);

        group.close();
        assertThat(page()).contains("mortise_refusals_total{code=\"X\"} 2.0\n");

        next.close();
        assertThat(page()).doesNotContain("mortise_refusals");
    }

    @Test
    void takesWhatComesToAClosedGroupAndShowsItToNobody() {
        Meters.Counter before = group.counter(REFUSALS);
        group.close();
        before.add(1);
        group.counter(REFUSALS).add(1);
        group.timer(CALLS).record(1);
        group.gauge(RUNNING, () -> 1);

        assertThat(page()).doesNotContain("mortise_");
        group.close();
    }

    @Test
    void escapesWhatATagHolds() {
        group.counter(REFUSALS.with("route", "/a\"b\\c\nd")).add(1);

        assertThat(page()).contains("route=\"/a\\\"b\\\\c\\nd\"");
    }

    @Test
    void showsTheJvmToo() {
        assertThat(page())
                .contains("jvm_memory_used_bytes{")
                .contains("jvm_threads_live_threads ")
                .contains("jvm_classes_loaded_classes ")
                .contains("jvm_gc_collections_seconds_count{")
                .contains("process_uptime_seconds ")
                .contains("process_files_open_files ");
    }

    @Test
    void speaksOpenMetricsToThoseWhoAskForIt() {
        group.counter(REFUSALS).add(1);

        Page page = meters.scrape(Optional.of("application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));

        assertThat(page.type()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(page.text()).contains("# TYPE mortise_refusals counter").endsWith("# EOF\n");
        assertThat(meters.scrape(Optional.of("*/*")).type()).startsWith("text/plain; version=0.0.4");
    }

    private String page() {
        return meters.scrape(Optional.empty()).text();
    }
}
