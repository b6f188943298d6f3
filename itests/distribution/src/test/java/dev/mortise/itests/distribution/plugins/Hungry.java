// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Takes all memory of a kind that it can get, and keeps it; or ends the process in which it runs. */
@Component
public final class Hungry implements RouteProvider {
    private static final int PIECE = 1 << 20;

    private final List<Object> kept = new ArrayList<>();

    /** Made by DS. */
    @Activate
    public Hungry() {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/alive", request -> Response.text("alive")),
                Route.post("/heap", request -> eat(() -> new byte[PIECE])),
                Route.post("/classes", request -> eat(Hungry::newClass)),
                Route.post("/exit", request -> exit()),
                Route.post("/buffers", this::buffers));
    }

    private interface Food {
        Object next();
    }

    private Response eat(Food food) {
        while (true) {
            kept.add(food.next());
        }
    }

    private static Object newClass() {
        ClassLoader loader = new URLClassLoader(new URL[0], Hungry.class.getClassLoader());
        return Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class}, (proxy, method, given) -> null);
    }

    private static Response exit() {
        System.exit(3);
        return Response.text("still here");
    }

    /** Answers how many of a megabyte it got. */
    private Response buffers(Request request) {
        List<ByteBuffer> buffers = new ArrayList<>();
        try {
            while (true) {
                buffers.add(ByteBuffer.allocateDirect(PIECE));
            }
        } catch (OutOfMemoryError noMore) {
            return Response.text(Integer.toString(buffers.size()));
        }
    }
}
