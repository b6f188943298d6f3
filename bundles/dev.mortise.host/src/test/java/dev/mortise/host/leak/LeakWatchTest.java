// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.host.leak.leaks.Leaks;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
    private static final PluginId INVENTORY = new PluginId("inventory");
    private static final PluginIdentity RETIRED = new PluginIdentity(INVENTORY, new Version("1.0.0"));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final AtomicInteger collections = new AtomicInteger();

    @AfterEach
    void close() {
        timer.shutdownNow();
        executor.shutdownNow();
    }

    @Test
    void saysWhenALoaderWasCollected() throws Exception {
        LeakWatch watch = watch(Duration.ofMillis(300), 100, List.of());

        LeakVerdict verdict = verdict(retire(watch, Leaks.Nothing.class));

        assertThat(verdict.verdict()).matches("collected after \\d+ s");
        assertThat(watch.newest(INVENTORY)).contains(verdict);
    }

    @Test
    void asksForNoCollectionWhenTheLoaderGoesByItself() throws Exception {
        LeakWatch watch =
                new LeakWatch(timer, executor, limits(Duration.ofMinutes(1)), List.of(), collections::incrementAndGet);
        CompletableFuture<LeakVerdict> verdict = retire(watch, Leaks.Nothing.class);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return verdict.isDone();
        });

        assertThat(collections).hasValue(0);
    }

    @Test
    void namesEveryHolderOfALoaderThatStays() throws Exception {
        LoaderHolder registry = loader -> List.of("the registry of the test");
        LeakWatch watch = watch(Duration.ofMillis(300), 100, List.of(registry));
        try (Leak leak = new Leak(Leaks.Task.class)) {
            LeakVerdict verdict = verdict(watch.retired(RETIRED, leak.loader()).toCompletableFuture());

            assertThat(verdict.verdict()).isEqualTo("leaked");
            assertThat(verdict.holders())
                    .containsExactly(
                            "thread 'inventory-poller' (its task " + Leaks.Task.class.getName() + ")",
                            "the registry of the test");
        }
    }

    @Test
    void givesTheCommandForAHeapDumpWhenNobodyIsFound() throws Exception {
        LeakWatch watch = watch(Duration.ofMillis(300), 100, List.of());
        try (Leak held = new Leak(Leaks.Nothing.class)) {
            LeakVerdict verdict = verdict(watch.retired(RETIRED, held.loader()).toCompletableFuture());

            assertThat(verdict.verdict())
                    .isEqualTo("holder unknown: look for it in a heap dump, made by 'jcmd "
                            + ProcessHandle.current().pid() + " GC.heap_dump /home/log/inventory-1.0.0.hprof'");
            assertThat(verdict.holders()).isEmpty();
        }
    }

    @Test
    void requestsNoCollectionWhereThatIsSwitchedOff() throws Exception {
        LeakWatch watch = new LeakWatch(
                timer,
                executor,
                new LeakLimits(true, Duration.ofSeconds(1), Duration.ZERO, 9, Path.of("/")),
                List.of(),
                collections::incrementAndGet);
        try (Leak held = new Leak(Leaks.Nothing.class)) {
            long begun = System.nanoTime();
            LeakVerdict verdict = verdict(watch.retired(RETIRED, held.loader()).toCompletableFuture());
            long took = Duration.ofNanos(System.nanoTime() - begun).toSeconds();

            // It tells the age it measured, which a busy machine makes longer than what was set.
            assertThat(LongStream.rangeClosed(1, took)
                            .mapToObj(seconds -> "not collected after " + seconds
                                    + " s, and none is requested (host.leak.collection-every-s = 0)"))
                    .contains(verdict.verdict());
            assertThat(collections).hasValue(0);
        }
    }

    @Test
    void sharesOneCollectionBetweenAllThatWait() throws Exception {
        LeakWatch watch = new LeakWatch(timer, executor, limits(Duration.ofSeconds(2)), List.of(), () -> {
            collections.incrementAndGet();
            System.gc();
        });
        List<CompletableFuture<LeakVerdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            verdicts.add(retire(watch, Leaks.Nothing.class));
        }

        for (CompletableFuture<LeakVerdict> verdict : verdicts) {
            assertThat(verdict(verdict)).isInstanceOf(LeakVerdict.Collected.class);
        }
        assertThat(collections).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void namesWhatAnAbandonedPluginRuns() throws Exception {
        LeakWatch watch = watch(Duration.ofMillis(300), 100, List.of());
        try (Leak leak = new Leak(Leaks.Task.class)) {
            watch.abandoned(RETIRED, leak.loader());

            await().until(() -> watch.newest(INVENTORY).isPresent());
            LeakVerdict verdict = watch.newest(INVENTORY).orElseThrow();
            assertThat(verdict.verdict()).startsWith("abandoned: ");
            assertThat(verdict.holders()).singleElement().asString().startsWith("thread 'inventory-poller'");
        }
    }

    @Test
    void remembersOnlySoManyVerdicts() throws Exception {
        LeakWatch watch = watch(Duration.ofMillis(1), 1, List.of());
        LeakVerdict first = verdict(retire(watch, Leaks.Nothing.class));
        PluginId other = new PluginId("other");
        try (Leak held = new Leak(Leaks.Nothing.class)) {
            var unused = verdict(watch.retired(new PluginIdentity(other, new Version("1.0.0")), held.loader())
                    .toCompletableFuture());
        }

        assertThat(first.holders()).isEmpty();
        assertThat(watch.newest(other)).isPresent();
        assertThat(watch.newest(INVENTORY)).isEmpty();
    }

    @Test
    void correctsItselfWhenALaterCollectionTakesTheLoader() throws Exception {
        LeakWatch watch = watch(Duration.ofMillis(1), 100, List.of());
        List<String> told = new CopyOnWriteArrayList<>();
        watch.listen(new LeakWatch.Listener() {
            @Override
            public void judged(PluginIdentity plugin, LeakVerdict verdict) {
                told.add(plugin + " " + verdict.verdict());
            }

            @Override
            public void corrected(PluginIdentity plugin, LeakVerdict wrong, LeakVerdict right) {
                told.add(wrong.verdict() + " is wrong: " + plugin + " " + right.verdict());
            }
        });
        List<ClassLoader> holder = new ArrayList<>(List.of(new Leak(Leaks.Nothing.class).loader()));
        LeakVerdict first = verdict(watch.retired(RETIRED, holder.get(0)).toCompletableFuture());
        assertThat(first).isInstanceOf(LeakVerdict.HolderUnknown.class);

        holder.clear();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return told.size() > 1;
        });

        LeakVerdict now = watch.newest(INVENTORY).orElseThrow();
        assertThat(now).isInstanceOf(LeakVerdict.Collected.class);
        assertThat(told)
                .containsExactly(
                        RETIRED + " " + first.verdict(),
                        first.verdict() + " is wrong: " + RETIRED + " " + now.verdict());
    }

    @Test
    void watchesNoLoaderWhoseVerdictIsForgotten() throws Exception {
        LeakVerdicts verdicts = new LeakVerdicts(2);
        for (int version = 1; version <= 3; version++) {
            PluginIdentity plugin = new PluginIdentity(INVENTORY, new Version(version + ".0.0"));
            try (Leak leak = new Leak(Leaks.Nothing.class)) {
                verdicts.add(new RetiredLoader(plugin, leak.loader()), new LeakVerdict.HolderUnknown("dump"));
            }
        }
        List<String> corrected = new ArrayList<>();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            verdicts.correct()
                    .forEach(one -> corrected.add(one.plugin().version().text()));
            return !verdicts.anyDoubtful();
        });

        assertThat(corrected).containsExactlyInAnyOrder("2.0.0", "3.0.0");
    }

    private LeakWatch watch(Duration after, int kept, List<LoaderHolder> ours) {
        return new LeakWatch(
                timer, executor, new LeakLimits(true, after, Duration.ofMillis(100), kept, Path.of("/home/log")), ours);
    }

    private static LeakLimits limits(Duration after) {
        return new LeakLimits(true, after, Duration.ofMinutes(1), 9, Path.of("/home/log"));
    }

    private static CompletableFuture<LeakVerdict> retire(LeakWatch watch, Class<?> kind) throws Exception {
        try (Leak leak = new Leak(kind)) {
            return watch.retired(RETIRED, leak.loader()).toCompletableFuture();
        }
    }

    private static LeakVerdict verdict(CompletableFuture<LeakVerdict> verdict) throws Exception {
        return verdict.get(60, TimeUnit.SECONDS);
    }
}
