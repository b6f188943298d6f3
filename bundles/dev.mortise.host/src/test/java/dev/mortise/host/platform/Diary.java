// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.platform;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** What plugins of tests write down, seen by the test because both share this class. */
public final class Diary {
    /** All lines, in their order. */
    public static final List<String> LINES = new CopyOnWriteArrayList<>();

    /** Turned on, health checks say what is in here. */
    public static volatile String health = "OK";

    /** What a plugin left behind, and how it is taken back. */
    public static final List<AutoCloseable> LEFT = new CopyOnWriteArrayList<>();

    /** What is stuck is so until this is open. */
    public static volatile CountDownLatch stuck = new CountDownLatch(0);

    private Diary() {}

    /** Writes a line. */
    public static void note(String line) {
        LINES.add(line);
    }
}
