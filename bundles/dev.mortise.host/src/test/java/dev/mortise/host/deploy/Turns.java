// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What the sequencer would do next, done when a test says so. */
final class Turns implements Sequence {
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final List<Runnable> later = new ArrayList<>();

    boolean over() {
        return queue.isEmpty();
    }

    void next() {
        queue.remove().run();
    }

    /** Makes everything happen next that was put off. */
    void putOffNoMore() {
        queue.addAll(later);
        later.clear();
    }

    @Override
    public void post(Runnable task) {
        queue.add(task);
    }

    @Override
    public void note(Runnable task) {
        queue.add(task);
    }

    @Override
    public void postIn(Duration delay, Runnable task) {
        later.add(task);
    }
}
