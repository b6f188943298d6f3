// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak.leaks;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** One of each thing that a plugin forgets to take back; each answers how it is taken back. */
public final class Leaks {
    private Leaks() {}

    /** Leaves nothing. */
    public static final class Nothing implements Callable<AutoCloseable> {
        @Override
        public AutoCloseable call() {
            return () -> {};
        }
    }

    /** A thread that waits for ever; it has no context loader, and only its task is the plugin's. */
    public static final class Task implements Callable<AutoCloseable>, Runnable {
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public AutoCloseable call() {
            Thread thread = new Thread(this, "inventory-poller");
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            thread.start();
            return () -> {
                end.countDown();
                thread.join();
            };
        }

        @Override
        public void run() {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A hundred threads. */
    public static final class Crowd implements Callable<AutoCloseable> {
        @Override
        public AutoCloseable call() {
            CountDownLatch end = new CountDownLatch(1);
            for (int i = 0; i < 100; i++) {
                Thread thread = new Thread(() -> await(end), "inventory-" + i);
                thread.setContextClassLoader(null);
                thread.setDaemon(true);
                thread.start();
            }
            return end::countDown;
        }

        private static void await(CountDownLatch end) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A pool whose thread only sees the plugin. */
    public static final class Pool implements Callable<AutoCloseable> {
        @Override
        public AutoCloseable call() throws Exception {
            ExecutorService pool = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "inventory-pool");
                thread.setContextClassLoader(Pool.class.getClassLoader());
                thread.setDaemon(true);
                return thread;
            });
            pool.submit(() -> {}).get();
            return pool::shutdownNow;
        }
    }

    /** A pool of the JDK's own making, whose thread was only made while the plugin ran. */
    public static final class Made implements Callable<AutoCloseable> {
        @Override
        public AutoCloseable call() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            ExecutorService pool = Executors.newSingleThreadExecutor();
            pool.submit(Executors.callable(begun::countDown)).get();
            return pool::shutdownNow;
        }
    }

    /** A virtual thread, where there are some. */
    public static final class Virtual implements Callable<AutoCloseable> {
        @Override
        public AutoCloseable call() throws Exception {
            CountDownLatch end = new CountDownLatch(1);
            Runnable task = () -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
            return end::countDown;
        }
    }

    /** A task in a timer. */
    public static final class Tasks extends TimerTask implements Callable<AutoCloseable> {
        @Override
        public AutoCloseable call() {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(null);
            Timer timer = new Timer("inventory-timer", true);
            Thread.currentThread().setContextClassLoader(before);
            timer.schedule(this, 3_600_000);
            return timer::cancel;
        }

        @Override
        public void run() {
            throw new IllegalStateException("it is never that late");
        }
    }

    /** A value in a thread local of the thread that calls, inside a list. */
    public static final class Local implements Callable<AutoCloseable> {
        private static final ThreadLocal<List<Object>> SESSION = new ThreadLocal<>();

        @Override
        public AutoCloseable call() {
            SESSION.set(List.of("a", new Local()));
            return SESSION::remove;
        }
    }

    /** A driver. */
    public static final class OwnDriver implements Callable<AutoCloseable>, Driver {
        @Override
        public AutoCloseable call() throws Exception {
            DriverManager.registerDriver(this);
            return () -> DriverManager.deregisterDriver(this);
        }

        @Override
        public @Nullable Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    /** A shutdown hook. */
    public static final class Hook implements Callable<AutoCloseable> {
        @Override
        public AutoCloseable call() {
            Thread hook = new Thread(Hook::farewell, "inventory-farewell");
            hook.setContextClassLoader(null);
            Runtime.getRuntime().addShutdownHook(hook);
            return () -> Runtime.getRuntime().removeShutdownHook(hook);
        }

        private static void farewell() {
            throw new IllegalStateException("the test takes it back");
        }
    }

    /** What a management bean says. */
    public interface StockMBean {
        /** Answers a number. */
        int getItems();
    }

    /** A management bean. */
    public static final class Stock implements Callable<AutoCloseable>, StockMBean {
        @Override
        public AutoCloseable call() throws Exception {
            ObjectName name = new ObjectName("com.acme:type=Stock");
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
            return () -> ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }

        @Override
        public int getItems() {
            return 3;
        }
    }
}
