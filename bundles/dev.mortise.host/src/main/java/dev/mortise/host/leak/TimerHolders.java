// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Timers with tasks of the plugin, whoever made the timer. */
final class TimerHolders implements LoaderHolder {
    private static final String TIMER = "java.util.TimerThread";

    @Override
    public List<String> holding(ClassLoader loader) {
        Reach reach = new Reach(loader);
        List<String> holders = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            List<String> ways = tasks(thread)
                    .flatMap(task -> reach.from(task).stream())
                    .distinct()
                    .toList();
            if (!ways.isEmpty()) {
                holders.add("timer '" + thread.getName() + "' (its task " + String.join(", ", ways) + ")");
            }
        }
        return holders;
    }

    private static Stream<Object> tasks(Thread thread) {
        return Stream.of(thread)
                .filter(one -> one.getClass().getName().equals(TIMER))
                .flatMap(timer -> HiddenField.read(timer, "queue").stream())
                .flatMap(queue -> HiddenField.read(queue, "queue").stream())
                .flatMap(array -> Stream.of((Object[]) array))
                .filter(Objects::nonNull);
    }
}
