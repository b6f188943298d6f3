// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.plugins.VersionedAnswer;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Judges the answers of a generated plugin: right is one that is of one version as a whole. Keeps which were seen. */
final class SeenVersions implements Predicate<Answer> {
    private final SortedSet<String> versions = new ConcurrentSkipListSet<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public boolean test(Answer answer) {
        Optional<String> version = VersionedAnswer.version(answer);
        version.ifPresent(versions::add);
        count.incrementAndGet();
        return version.isPresent();
    }

    SortedSet<String> versions() {
        return new TreeSet<>(versions);
    }

    /** Waits until so many answers more have come. */
    void awaitMore(int more) {
        int goal = count.get() + more;
        Wait.until(more + " answers more", () -> count.get() >= goal);
    }
}
