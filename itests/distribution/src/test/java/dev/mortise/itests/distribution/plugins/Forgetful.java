// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Leaves behind what a plugin can leave behind; a thread local on the thread that answers a request. */
@Component
public final class Forgetful implements RouteProvider {
    private static final ThreadLocal<Object> LAST = new ThreadLocal<>();

    /** Leaves it. */
    @Activate
    public Forgetful() throws Exception {
        Thread poller = new Thread(Forgetful::poll, "forgetful-poller");
        poller.setDaemon(true);
        poller.start();
        new Timer("forgetful-timer", true).schedule(new Task(), 3_600_000);
        Runtime.getRuntime().addShutdownHook(new Thread(Forgetful::farewell, "forgetful-farewell"));
        DriverManager.registerDriver(new Memo());
        ManagementFactory.getPlatformMBeanServer().registerMBean(new Stock(), new ObjectName("com.acme:type=Stock"));
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/remember", request -> {
            LAST.set(this);
            return Response.text("forgotten");
        }));
    }

    private static void poll() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    private static void farewell() {
        LAST.remove();
    }

    private static final class Task extends TimerTask {
        @Override
        public void run() {
            LAST.remove();
        }
    }

    /** A driver that drives nothing. */
    private static final class Memo implements Driver {
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

    /** What the bean says. */
    public interface StockMBean {
        /** Answers a number. */
        int getItems();
    }

    private static final class Stock implements StockMBean {
        @Override
        public int getItems() {
            return 3;
        }
    }
}
