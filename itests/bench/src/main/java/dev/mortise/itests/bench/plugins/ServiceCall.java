// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.service.ServiceHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One call of a service as a plugin makes it: the path is filled, the provider's handler answers, the body is there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServiceCall {
    private final ServiceHandle answers = Circumstances.get().client().service("back.answers");

    /** Calls. */
    @Benchmark
    public Body call() {
        return answers.get("/answers/{id}", "7").body();
    }
}
