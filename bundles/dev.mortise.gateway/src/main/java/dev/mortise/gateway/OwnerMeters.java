// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.port.Meters;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What measures the calls of one owner: obtained when the first of them begins, so that plugins that nobody calls cost
 * nothing, and forgotten with the owner. It follows the telemetry bundle, which may come and go.
 */
final class OwnerMeters {
    /** Of somebody whose calls nobody measures. */
    static final OwnerMeters NONE = new OwnerMeters(new Neighbours(), "-", Map.of());

    /** Stands for the plugin, the route or the service where there is none; no plugin can be called so. */
    static final String NOTHING = "-";

    private static final Meters.Series REFUSALS =
            new Meters.Series("mortise.refusals", "Calls that were refused, by code of the problem.", Map.of());
    private static final Meters.Series REJECTIONS =
            new Meters.Series("mortise.rejections", "Calls that a guard kept out, by guard.", Map.of());

    private static final Meters.Series RETRIES = new Meters.Series(
            "mortise.retries", "Calls that missed one instance and were sent to another one.", Map.of());

    private static final Meters.Series TOO_LONG = new Meters.Series(
            "mortise.tool.answers.refused",
            "Answers of plugins about their tools that were longer than tools.answer.max.kb.",
            Map.of());

    private static final List<String> GUARDS =
            List.of("rate", "breaker", "bulkhead", "stuck", "retry", "threads", "streams");

    private final Neighbours neighbours;
    private final String plugin;
    private final Map<Meters.Series, DoubleSupplier> gauges;

    // The monitor guards these, but for looking at the source; a call that is measured does not take it.
    private volatile @Nullable Meters source;
    private Meters.Group group = Meters.NONE.open();
    private boolean ended;

    /**
     * Measures for an owner.
     *
     * @param plugin its name
     * @param gauges what is shown of it whenever somebody looks
     */
    OwnerMeters(Neighbours neighbours, String plugin, Map<Meters.Series, DoubleSupplier> gauges) {
        this.neighbours = neighbours;
        this.plugin = plugin;
        this.gauges = Map.copyOf(gauges);
    }

    /** Answers where meters come from now. */
    Meters source() {
        return neighbours.meters();
    }

    String plugin() {
        return plugin;
    }

    /** Answers how the owner is called in a sentence. */
    String title() {
        return gauges.isEmpty() || plugin.equals(Owner.CORE) ? "the core" : "plugin '" + plugin + "'";
    }

    /** A call begins: from now on somebody who looks sees the owner. */
    void show() {
        if (source() != source) {
            refresh();
        }
    }

    private synchronized void refresh() {
        var unused = group();
    }

    /** Answers the meter of a series, tagged with the owner. */
    synchronized Meters.Timer timer(Meters.Series series) {
        return group().timer(series.with("plugin", plugin));
    }

    /** Counts a refused call. */
    synchronized void refused(ErrorCode code) {
        group().counter(REFUSALS.with("plugin", plugin).with("code", code.name()))
                .add(1);
    }

    /** Counts a call that a guard kept out. */
    synchronized void rejected(String guard) {
        group().counter(rejections(guard)).add(1);
    }

    /** Counts a call that missed one instance and is sent to another one. */
    synchronized void retried() {
        group().counter(RETRIES.with("plugin", plugin)).add(1);
    }

    /** Counts an answer about tools that nobody gets. */
    synchronized void tooLong() {
        group().counter(TOO_LONG.with("plugin", plugin)).add(1);
    }

    /** Forgets all of it. */
    synchronized void end() {
        ended = true;
        group.close();
    }

    private Meters.Series rejections(String guard) {
        return REJECTIONS.with("plugin", plugin).with("guard", guard);
    }

    private Meters.Group group() {
        Meters now = source();
        if (now != source && !ended) {
            group.close();
            source = now;
            group = now.open();
            gauges.forEach((series, value) -> group.gauge(series.with("plugin", plugin), value));
            if (!gauges.isEmpty()) {
                // From zero on: a counter that begins at one shows no increase.
                GUARDS.forEach(guard -> group.counter(rejections(guard)));
                group.counter(TOO_LONG.with("plugin", plugin));
            }
        }
        return group;
    }
}
