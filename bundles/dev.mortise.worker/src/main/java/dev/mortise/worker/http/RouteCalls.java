// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.rules.route.CanonicalPath;
import dev.mortise.rules.route.RouteTable;
import dev.mortise.worker.core.HopCall;
import dev.mortise.worker.wire.Exchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Answers calls of the plugin's routes, each within its time and in its context. */
final class RouteCalls {
    /** What is read of a body into memory; the gateway in front has a limit of its own. */
    private static final int MOST_IN_MEMORY = 64 * 1024 * 1024;

    private final PluginId plugin;
    private final ClassLoader loader;
    private final RouteTable<Handler> routes;
    private final Deadlines deadlines;
    private final Problems problems;

    RouteCalls(PluginId plugin, ClassLoader loader, List<Route> routes, Deadlines deadlines, Problems problems) {
        this.plugin = plugin;
        this.loader = loader;
        this.routes = table(routes);
        this.deadlines = deadlines;
        this.problems = problems;
    }

    private static RouteTable<Handler> table(List<Route> routes) {
        List<RouteTable.Entry<Handler>> entries = routes.stream()
                .map(route -> new RouteTable.Entry<>(route.method(), PathTemplate.parse(route.path()), route.handler()))
                .toList();
        if (RouteTable.build(entries) instanceof RouteTable.Built.Table<Handler> built) {
            return built.table();
        }
        throw new IllegalStateException("The plugin has two routes for one method and path.");
    }

    /** Answers one call. */
    void answer(Exchange exchange, Call call) throws IOException {
        CanonicalPath.Reading reading = CanonicalPath.read(exchange.path());
        if (!(reading instanceof CanonicalPath.Reading.Canonical canonical)) {
            String reason = ((CanonicalPath.Reading.Bad) reading).reason();
            problems.refuse(exchange, Refusal.of(ErrorCode.BAD_PATH, reason), call.requestId());
            return;
        }
        RouteTable.Found<Handler> found = routes.find(exchange.method(), canonical.path());
        if (found instanceof RouteTable.Found.Match<Handler> match) {
            HandlerRun run = new HandlerRun(exchange, view(exchange, canonical.path(), match, call), match.value());
            run(run, call);
        } else {
            problems.refuse(exchange, unknown(exchange.method(), canonical.path(), found), call.requestId());
        }
    }

    private static RequestView view(Exchange exchange, String path, RouteTable.Found.Match<Handler> match, Call call) {
        HopFields fields = new HopFields(exchange);
        return new RequestView(
                exchange.method(),
                path,
                match.parameters(),
                exchange.query(),
                fields.visible(),
                new RequestContent(exchange.content(), exchange.contentLength(), MOST_IN_MEMORY),
                new HopCall(call, fields.mortise("Behalf")));
    }

    private Refusal unknown(String method, String path, RouteTable.Found<Handler> found) {
        if (found instanceof RouteTable.Found.MethodNotAllowed<Handler> known) {
            String allowed = String.join(", ", known.allowed());
            return new Refusal(
                            ErrorCode.METHOD_NOT_ALLOWED,
                            "%s does not answer %s. It answers %s.".formatted(path, method, allowed),
                            Headers.none(),
                            Map.of())
                    .with("Allow", allowed);
        }
        return Refusal.of(ErrorCode.ROUTE_NOT_FOUND, "Plugin '%s' has no route %s %s.".formatted(plugin, method, path));
    }

    /** The handler's answer is written in its context too: a body that writes itself is the plugin's code. */
    private void run(HandlerRun run, Call call) throws IOException {
        Deadlines.Watch watch = deadlines.watch(call, new Late(run, problems, call.requestId()));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            BoundContext.call(run.request().context(), () -> {
                answered(run, call);
                return true;
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            watch.end();
        }
    }

    private void answered(HandlerRun run, Call call) throws IOException {
        Response response;
        try {
            response = run.response();
        } catch (Throwable fault) {
            fail(run, fault, call);
            return;
        }
        if (!run.answer().claim()) {
            Unread.discard(response.body());
            return;
        }
        try {
            run.answer().give(response);
        } catch (Throwable fault) {
            if (run.answer().begun()) {
                throw new IOException("The answer of " + run.title(plugin) + " broke off.", fault);
            }
            run.answer()
                    .give(problems.of(
                            run.exchange(), Faults.refusal(fault, unwritten(run), call.requestId()), call.requestId()));
        }
    }

    /** Says the same as the container, which asks a body that writes itself only when it tells the answer. */
    private String unwritten(HandlerRun run) {
        return "The answer to %s /api/v1/p/%s%s of plugin '%s'"
                .formatted(run.request().method(), plugin, run.request().path(), plugin);
    }

    private void fail(HandlerRun run, Throwable fault, Call call) throws IOException {
        if (run.answer().claim()) {
            Refusal refusal = Faults.refusal(fault, run.title(plugin), call.requestId());
            run.answer().give(problems.of(run.exchange(), refusal, call.requestId()));
        }
    }
}
