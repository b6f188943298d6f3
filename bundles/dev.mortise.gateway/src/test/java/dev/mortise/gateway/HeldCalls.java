// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;

import dev.mortise.api.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A plugin whose calls stay until they are released. */
final class HeldCalls {
    final TestPlugin plugin;
    private final TestGateway gateway;
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final List<Thread> callers = new ArrayList<>();

    HeldCalls(TestGateway gateway, String version) {
        this.gateway = gateway;
        this.plugin = plugin("held").version(version).coexist().route("GET", "/", request -> {
            entered.countDown();
            release.await();
            return Response.status(204);
        });
    }

    /** Makes a call as a client does, and waits until it is in the handler. */
    void call() throws InterruptedException {
        Thread caller = new Thread(() -> gateway.send(get("/api/v1/p/held").as("alice")));
        callers.add(caller);
        caller.start();
        entered.await();
    }

    /** Lets the calls go on, and waits for their ends. */
    void release() throws InterruptedException {
        release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }
}
