// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.platform;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What plugins of tests write down, seen by the test because both share this class. */
public final class Diary {
    /** All lines, in their order. */
    public static final List<String> LINES = new CopyOnWriteArrayList<>();

    /** Turned on, health checks say what is in here. */
    public static volatile String health = "OK";

    /** What a plugin left behind, and how it is taken back. */
    public static final List<AutoCloseable> LEFT = new CopyOnWriteArrayList<>();

    private Diary() {}

    /** Writes a line. */
    public static void note(String line) {
        LINES.add(line);
    }
}
