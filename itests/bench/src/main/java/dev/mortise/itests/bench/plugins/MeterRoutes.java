// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.service.ServiceClient;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Lets JMH measure calls of a service inside this container. JMH does not fork: the process it would fork would not be the
 * container. What a fork is for, a JVM that has done nothing else, the caller provides by starting a container for each run.
 */
public final class MeterRoutes implements RouteProvider {
    private final ServiceClient client;

    /** Measures calls of this client. */
    public MeterRoutes(ServiceClient client) {
        this.client = client;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/measure/{seconds}", this::measure));
    }

    private Response measure(Request request) throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        System.setProperty("jmh.executor", "CUSTOM");
        System.setProperty("jmh.executor.class", ContextThreads.class.getName());
        Circumstances.set(new Circumstances(client, request.context()));
        int seconds = Integer.parseInt(request.pathParameter("seconds"));
        RunResult result = new Runner(options(seconds)).run().iterator().next();
        return Response.of(200, Answers.TYPE, Body.of(json(result)));
    }

    private static Options options(int seconds) {
        return new OptionsBuilder()
                .include(ServiceCall.class.getName())
                .forks(0)
                .warmupIterations(seconds)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(seconds)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static String json(RunResult result) {
        Result<?> times = result.getPrimaryResult();
        Result<?> bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
        Statistics nanos = times.getStatistics();
        return String.format(
                Locale.ROOT,
                "{\"calls\":%d,\"p50Nanos\":%.1f,\"p99Nanos\":%.1f,\"meanNanos\":%.1f,\"bytes\":%.1f}",
                nanos.getN(),
                nanos.getPercentile(50),
                nanos.getPercentile(99),
                nanos.getMean(),
                bytes.getScore());
    }
}
