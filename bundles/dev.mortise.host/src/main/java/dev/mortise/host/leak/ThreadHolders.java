// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Threads that run code of the plugin, or only see it. */
final class ThreadHolders implements LoaderHolder {
    private static final int NAMED = 5;

    @Override
    public List<String> holding(ClassLoader loader) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        LiveThreads.all().forEach(thread -> reasons(thread, loader)
                .ifPresent(why -> byReason.computeIfAbsent(why, reason -> new ArrayList<>())
                        .add("'" + thread.getName() + "'")));
        return byReason.entrySet().stream()
                .map(entry -> text(entry.getValue()) + " (" + entry.getKey() + ")")
                .toList();
    }

    /** A plugin that leaves one thread for the same reason as another often leaves a thousand. */
    private static String text(List<String> names) {
        String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return (names.size() == 1 ? "thread " : "threads ") + some + more;
    }

    /** Answers why a thread holds the loader, if it does. */
    static Optional<String> reasons(Thread thread, ClassLoader loader) {
        Reach reach = new Reach(loader);
        List<String> why = new ArrayList<>();
        if (thread.getClass().getClassLoader() == loader) {
            why.add("its class " + thread.getClass().getName());
        }
        task(thread).flatMap(reach::from).ifPresent(way -> why.add("its task " + way));
        if (thread.getContextClassLoader() == loader) {
            why.add("its context class loader");
        }
        // a thread without a handler of its own answers with its group
        Optional.ofNullable(thread.getUncaughtExceptionHandler())
                .filter(handler -> !(handler instanceof ThreadGroup))
                .flatMap(reach::from)
                .ifPresent(way -> why.add("its exception handler " + way));
        // up to JDK 23 a thread keeps the domains of all code that was on the stack when it was made
        if (why.isEmpty()) {
            HiddenField.read(thread, "inheritedAccessControlContext")
                    .flatMap(reach::from)
                    .ifPresent(way ->
                            why.add("it was made by code of the plugin, which its access control context keeps"));
        }
        return why.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", why));
    }

    /** The field has another place in each line of JDKs: before 19, since 19, and of virtual threads. */
    private static Optional<Object> task(Thread thread) {
        return HiddenField.read(thread, "target")
                .or(() -> HiddenField.read(thread, "holder").flatMap(holder -> HiddenField.read(holder, "task")))
                .or(() -> HiddenField.read(thread, "cont").flatMap(cont -> HiddenField.read(cont, "target")));
    }
}
