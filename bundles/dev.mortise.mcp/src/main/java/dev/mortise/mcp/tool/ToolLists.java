// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginTools.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps what plugins said of their tools, for each tenant, until their code or tools are others, or for a while. */
final class ToolLists {
    private final ToolQuestions questions;
    private final ToolLimits limits;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    ToolLists(ToolQuestions questions, ToolLimits limits) {
        this.questions = questions;
        this.limits = limits;
    }

    private record Key(TenantId tenant, PluginId plugin) {}

    private record Kept(long stamp, CompletableFuture<Listed> list) {
        @Nullable
        Listed done() {
            return list.isDone() && !list.isCompletedExceptionally() ? list.join() : null;
        }

        /** Answers when it is to be asked for again, on the scale of {@link System#nanoTime}. */
        long untilNanos(long now) {
            Listed listed = done();
            return listed == null ? now + Long.MAX_VALUE / 2 : listed.untilNanos();
        }

        boolean holds(long asked, long now) {
            return stamp == asked && !list.isCompletedExceptionally() && untilNanos(now) - now > 0;
        }
    }

    /** Answers the offers of each of these plugins by name, for a client's call; waits for those that must be asked first. */
    List<Map<String, Offer>> of(Call call, List<Source> sources) {
        List<CompletableFuture<Listed>> asked =
                sources.stream().map(source -> list(call, source)).toList();
        return asked.stream().map(list -> list.join().offers()).toList();
    }

    /** Answers what is another one when a plugin's tools are others; asks nobody. */
    long mark(TenantId tenant, Source source) {
        Kept known = kept.get(new Key(tenant, source.manifest().id()));
        Listed listed = known == null || known.stamp() != source.stamp() ? null : known.done();
        return 31 * source.stamp() + (listed == null ? 0 : listed.digest());
    }

    /** Forgets what a plugin said: it does not hold. */
    void forget(TenantId tenant, PluginId plugin) {
        kept.remove(new Key(tenant, plugin));
    }

    /** Callers that come at the same time wait for one answer. */
    private CompletableFuture<Listed> list(Call call, Source source) {
        Key key = new Key(call.tenant().orElseThrow(), source.manifest().id());
        Kept mine = new Kept(source.stamp(), new CompletableFuture<>());
        long now = System.nanoTime();
        Kept held =
                kept.compute(key, (same, known) -> known != null && known.holds(source.stamp(), now) ? known : mine);
        if (held.list() == mine.list()) {
            ask(call, source, mine);
            shrink(now);
        }
        return held.list();
    }

    /** Whatever happens, nobody waits for ever. */
    private void ask(Call call, Source source, Kept mine) {
        try {
            var unused = questions.ask(call, source).whenComplete((listed, fault) -> end(mine, listed, fault));
        } catch (RuntimeException e) {
            end(mine, null, e);
        }
    }

    private static void end(Kept mine, @Nullable Listed listed, @Nullable Throwable fault) {
        if (listed == null) {
            mine.list().completeExceptionally(fault == null ? new IllegalStateException("no list") : fault);
        } else {
            mine.list().complete(listed);
        }
    }

    private void shrink(long now) {
        while (kept.size() > limits.lists()) {
            kept.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().untilNanos(now) - now))
                    .ifPresent(oldest -> kept.remove(oldest.getKey(), oldest.getValue()));
        }
    }
}
