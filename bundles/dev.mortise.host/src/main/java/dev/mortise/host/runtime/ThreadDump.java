// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Words what the threads of one plugin are doing. */
final class ThreadDump {
    private ThreadDump() {}

    static String of(String prefix) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith(prefix))
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .map(ThreadDump::text)
                .collect(Collectors.joining("\n"));
    }

    private static String text(Map.Entry<Thread, StackTraceElement[]> entry) {
        Thread thread = entry.getKey();
        StringBuilder text = new StringBuilder("\"" + thread.getName() + "\" " + thread.getState());
        for (StackTraceElement frame : entry.getValue()) {
            text.append("\n\tat ").append(frame);
        }
        return text.toString();
    }
}
