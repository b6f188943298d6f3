// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Thread locals with values of the plugin, on threads of anybody. The locals themselves are held weakly. */
final class ThreadLocalHolders implements LoaderHolder {
    @Override
    public List<String> holding(ClassLoader loader) {
        Reach reach = new Reach(loader);
        Set<String> holders = new LinkedHashSet<>();
        for (Thread thread : LiveThreads.all()) {
            for (Object value : values(thread)) {
                reach.from(value)
                        .ifPresent(
                                way -> holders.add("thread local of thread '" + thread.getName() + "' (" + way + ")"));
            }
        }
        return List.copyOf(holders);
    }

    private static List<Object> values(Thread thread) {
        List<Object> values = new ArrayList<>();
        Stream.of("threadLocals", "inheritableThreadLocals")
                .flatMap(map -> HiddenField.read(thread, map).stream())
                .flatMap(map -> HiddenField.read(map, "table").stream())
                .flatMap(table -> Stream.of((Object[]) table))
                .filter(entry -> entry != null)
                .forEach(entry -> HiddenField.read(entry, "value").ifPresent(values::add));
        return values;
    }
}
