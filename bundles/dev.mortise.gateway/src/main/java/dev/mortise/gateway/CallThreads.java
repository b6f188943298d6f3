// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads that hold on to nothing of the plugin that happens to need one first: virtual ones where the JDK has
 * them.
 */
final class CallThreads {
    private static final int VIRTUAL_SINCE = 21;

    private CallThreads() {}

    static ThreadFactory factory(String prefix) {
        return Runtime.version().feature() >= VIRTUAL_SINCE ? virtual(prefix) : platform(prefix);
    }

    /** Makes platform threads. */
    static ThreadFactory platform(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = bare(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(CallThreads.class.getClassLoader());
            return thread;
        };
    }

    // A thread inherits the access control context of whoever makes it, and with it the protection domains, so the
    // class loaders, of all code on that stack. A privileged action cuts the stack off here.
    @SuppressWarnings("removal")
    private static Thread bare(Runnable task, String name) {
        PrivilegedAction<Thread> make = () -> new Thread(null, task, name, 0, false);
        return AccessController.doPrivileged(make);
    }

    // Thread.ofVirtual().name(prefix, 1).inheritInheritableThreadLocals(false).factory(), which JDK 17 does not know.
    private static ThreadFactory virtual(String prefix) {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Class<?> virtualType = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Method inherit = builderType.getMethod("inheritInheritableThreadLocals", boolean.class);
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            builder = virtualType.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            builder = inherit.invoke(builder, false);
            return (ThreadFactory) builderType.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "A JDK from " + VIRTUAL_SINCE + " on has virtual threads, but this one: " + e, e);
        }
    }
}
