// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches class loaders of plugin versions that are gone, until each is collected or somebody is found to blame. A loader
 * that stays is given a time, then a collection, then another look before its holders are searched. When none is found it
 * is looked at now and then, as long as its verdict is remembered: a later collection may yet take it.
 */
public final class LeakWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeakWatch.class);
    private static final LeakVerdict UNWATCHED = new LeakVerdict.Undecided("not watched (host.leak.check = false)");

    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final LeakLimits limits;
    private final HolderSearch search;
    private final CollectionRequests collections;
    private final LeakVerdicts verdicts;
    private final Set<RetiredLoader> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looksLater = new AtomicBoolean();
    private volatile Listener listener = new Listener() {};
    private volatile boolean closed;

    /**
     * Makes a watch.
     *
     * @param timer says when to look; owned by the caller
     * @param executor collects and searches, which takes too long for the timer; owned by the caller
     * @param ours who else may hold loaders: registries of the container
     */
    public LeakWatch(ScheduledExecutorService timer, Executor executor, LeakLimits limits, List<LoaderHolder> ours) {
        this(timer, executor, limits, ours, System::gc);
    }

    LeakWatch(
            ScheduledExecutorService timer,
            Executor executor,
            LeakLimits limits,
            List<LoaderHolder> ours,
            Runnable collector) {
        this.timer = timer;
        this.executor = executor;
        this.limits = limits;
        this.search = new HolderSearch(ours);
        this.collections = new CollectionRequests(timer, executor, collector, limits.collectionEvery());
        this.verdicts = new LeakVerdicts(limits.kept());
    }

    /** Hears of verdicts, on a thread that must not be kept. */
    public interface Listener {
        /** Hears of the first verdict on a version. */
        default void judged(PluginIdentity plugin, LeakVerdict verdict) {}

        /** Hears that a verdict was wrong, and what is right. */
        default void corrected(PluginIdentity plugin, LeakVerdict wrong, LeakVerdict right) {}
    }

    /** Tells every verdict to one who wants to hear of it. */
    public void listen(Listener newListener) {
        listener = newListener;
    }

    /** Watches the loader of a version that was uninstalled and refreshed; the answer comes with the verdict. */
    public CompletionStage<LeakVerdict> retired(PluginIdentity plugin, ClassLoader loader) {
        RetiredLoader retired = new RetiredLoader(plugin, loader);
        if (closed || !limits.check()) {
            retired.verdict().complete(UNWATCHED);
            return retired.verdict();
        }
        watched.add(retired);
        lookUntil(retired, limits.after(), () -> stayed(retired));
        return retired.verdict();
    }

    /** Notes a version that did not end; what it runs is named now, and its loader can't go before that ends. */
    public void abandoned(PluginIdentity plugin, ClassLoader loader) {
        if (!limits.check()) {
            return;
        }
        RetiredLoader left = new RetiredLoader(plugin, loader);
        executor.execute(
                () -> left.loader().ifPresent(held -> decide(left, new LeakVerdict.Abandoned(search.holding(held)))));
    }

    /** Answers the newest verdict on a version of the plugin. */
    public Optional<LeakVerdict> newest(PluginId plugin) {
        return verdicts.newest(plugin);
    }

    /** Looks no more; verdicts that did not come yet never come. */
    @Override
    public void close() {
        closed = true;
        watched.forEach(retired -> retired.verdict().cancel(false));
        watched.clear();
    }

    private void lookUntil(RetiredLoader retired, Duration age, Runnable otherwise) {
        if (closed) {
            return;
        }
        if (retired.isGone()) {
            decide(retired, new LeakVerdict.Collected(retired.age()));
        } else if (retired.age().compareTo(age) >= 0) {
            otherwise.run();
        } else {
            later(limits.look(), () -> lookUntil(retired, age, otherwise));
        }
    }

    private void stayed(RetiredLoader retired) {
        if (limits.collects()) {
            await(retired, collections.request());
        } else {
            executor.execute(() -> judge(retired));
        }
    }

    /** Looks meanwhile too: a collection that had begun before may take the loader, and the next one may be far away. */
    private void await(RetiredLoader retired, CompletableFuture<Void> collection) {
        if (collection.isDone() || closed || retired.isGone()) {
            lookUntil(retired, retired.age().plus(limits.lastLook()), () -> executor.execute(() -> judge(retired)));
        } else {
            later(limits.look(), () -> await(retired, collection));
        }
    }

    private void judge(RetiredLoader retired) {
        decide(
                retired,
                retired.loader()
                        .map(loader -> blame(retired, loader))
                        .orElseGet(() -> new LeakVerdict.Collected(retired.age())));
    }

    private LeakVerdict blame(RetiredLoader retired, ClassLoader loader) {
        List<String> holders = search.holding(loader);
        if (!holders.isEmpty()) {
            return new LeakVerdict.Leaked(holders);
        }
        return limits.collects()
                ? new LeakVerdict.HolderUnknown(dumpCommand(retired.plugin()))
                : new LeakVerdict.Undecided("not collected after "
                        + retired.age().toSeconds() + " s, and none is requested (host.leak.collection-every-s = 0)");
    }

    private String dumpCommand(PluginIdentity plugin) {
        String file = plugin.id() + "-" + plugin.version() + ".hprof";
        return "jcmd " + ProcessHandle.current().pid() + " GC.heap_dump "
                + limits.dumps().resolve(file);
    }

    private void decide(RetiredLoader retired, LeakVerdict verdict) {
        watched.remove(retired);
        verdicts.add(retired, verdict);
        if (verdict instanceof LeakVerdict.Collected) {
            LOG.info("plugin={} class loader {}", retired.plugin(), verdict.verdict());
        } else {
            LOG.warn("plugin={} class loader {} {}", retired.plugin(), verdict.verdict(), verdict.holders());
        }
        retired.verdict().complete(verdict);
        listener.judged(retired.plugin(), verdict);
        lookLater();
    }

    /** At most one look waits, and none when there is nothing to correct. */
    private void lookLater() {
        if (!closed && verdicts.anyDoubtful() && looksLater.compareAndSet(false, true)) {
            try {
                later(limits.lastLook(), this::correct);
            } catch (RejectedExecutionException e) {
                LOG.debug("The container ends; verdicts stay as they are");
            }
        }
    }

    private void later(Duration time, Runnable step) {
        var unused = timer.schedule(step, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void correct() {
        looksLater.set(false);
        for (LeakVerdicts.Correction one : verdicts.correct()) {
            LOG.info(
                    "plugin={} class loader {} after all",
                    one.plugin(),
                    one.right().verdict());
            listener.corrected(one.plugin(), one.wrong(), one.right());
        }
        lookLater();
    }
}
