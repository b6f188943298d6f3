// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

/**
 * Ends what runs when somebody asks the process to end. A process that was asked has done its duty: it ends with 0, where
 * the JVM would say 143.
 */
final class ShutdownHook {
    private final Thread hook;

    private ShutdownHook(Thread hook) {
        this.hook = hook;
    }

    static ShutdownHook of(Runnable end) {
        Thread hook = new Thread(
                () -> {
                    end.run();
                    Runtime.getRuntime().halt(0);
                },
                "mortise-worker-end");
        Runtime.getRuntime().addShutdownHook(hook);
        return new ShutdownHook(hook);
    }

    /** The process ends by itself, with a code of its own. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endsAlready) {
            // then the hook does it
        }
    }
}
