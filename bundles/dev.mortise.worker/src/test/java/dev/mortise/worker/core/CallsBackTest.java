// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.api.shared.SharedNamespace;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.shared.TenantSharedData;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.worker.FakeCore;
import dev.mortise.worker.FakeCore.Reply;
import dev.mortise.worker.given.ClassPath;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plugin far from the container calls others, and keeps shared data, through the core's HTTP API. */
final class CallsBackTest {
    private final Json json = ClassPath.find(JsonFactory.class).lenient();
    private FakeCore core;
    private ServiceHandle stock;
    private SharedNamespace shared;

    @BeforeEach
    void start() throws IOException {
        core = new FakeCore(0);
        stock = new RemoteServices(
                        PluginBuilder.plugin("desk")
                                .wants("stock.versions", "^1.0.0")
                                .manifest(),
                        core.client(),
                        json,
                        Runnable::run)
                .service("stock.versions");
        shared = new TenantSharedData(
                        "desk", new RemoteSharedData("desk", core.client(), json), () -> json, new ListenerLane())
                .namespace("desk.notes");
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aCallSaysWhoseItIs() throws Exception {
        core.answering(request -> new Reply(200, "{'version':7}"));

        ServiceResponse answer = inCall(() -> stock.get("/version/{id}?x={x}", "a b", 1));

        assertThat(answer.as(Map.class).get("version")).isEqualTo(7);
        FakeCore.Asked asked = core.asked().get(0);
        assertThat(asked.line()).isEqualTo("GET /api/v1/s/stock.versions/version/a%20b?x=1");
        assertThat(asked.field("Authorization")).contains("Bearer secret");
        assertThat(asked.field("X-Tenant-Id")).contains("acme");
        assertThat(asked.field("X-Request-Id")).contains("r-9");
        assertThat(asked.field("X-Mortise-Hop")).contains("0");
        assertThat(asked.field("X-Mortise-Deadline-Ms").map(Integer::parseInt).orElseThrow())
                .isBetween(1, 5000);
    }

    @Test
    void whatAProviderAnswersIsAnAnswerAndWhatTheGatewayRefusesIsNot() throws Exception {
        core.answering(request -> new Reply(404, "{'code':'NOT_FOUND','detail':'no such thing'}"));
        assertThat(inCall(() -> stock.send(ServiceRequest.of("GET", "/x"))).status())
                .isEqualTo(404);

        core.answering(request -> new Reply(503, "{'code':'PLUGIN_NOT_READY','detail':'it waits'}"));
        assertThatThrownBy(() -> inCall(() -> stock.get("/x")))
                .isInstanceOfSatisfying(ServiceException.class, refused -> {
                    assertThat(refused.answered()).isFalse();
                    assertThat(refused.code()).isEqualTo(ErrorCode.PLUGIN_NOT_READY);
                })
                .hasMessage("it waits");
    }

    @Test
    void withoutACoreTheServiceIsNotThere() {
        core.close();

        assertThatThrownBy(() -> inCall(() -> stock.get("/x")))
                .isInstanceOfSatisfying(ServiceException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
        assertThatThrownBy(() -> stock.get("/x"))
                .as("outside of a call")
                .isInstanceOfSatisfying(MortiseException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.NO_CONTEXT));
    }

    @Test
    void anAsynchronousCallHasTheContextToo() throws Exception {
        core.answering(request -> new Reply(200, "{}"));

        assertThat(inCall(() -> stock.sendAsync(ServiceRequest.of("GET", "/x"))
                        .toCompletableFuture()
                        .join()
                        .status()))
                .isEqualTo(200);
    }

    @Test
    void sharedDataIsReadAndWritten() throws Exception {
        core.answering(request -> request.line().startsWith("GET")
                ? new Reply(200, "{'value':{'a':1},'version':3,'ownerId':'desk'}")
                : new Reply(200, "{'version':4}"));

        assertThat(inCall(() -> shared.get("k", Map.class)).orElseThrow()).isEqualTo(Map.of("a", 1));
        assertThat(inCall(() -> shared.set("k", Map.of("b", 2), Duration.ofSeconds(9))))
                .isEqualTo(4);

        assertThat(core.asked().get(0).line()).isEqualTo("GET /api/v1/shared-data/get?namespace=desk.notes&key=k");
        assertThat(core.asked().get(1).body())
                .isEqualTo("{\"namespace\":\"desk.notes\",\"key\":\"k\",\"ttl\":9,\"value\":{\"b\":2}}");
        assertThat(core.asked().get(1).field("X-Tenant-Id")).contains("acme");
    }

    @Test
    void refusalsOfSharedDataAreThose() throws Exception {
        core.answering(request -> new Reply(404, "{'code':'NOT_FOUND','detail':'-'}"));
        assertThat(inCall(() -> shared.get("k"))).isEmpty();
        assertThat(inCall(() -> shared.delete("k"))).isFalse();

        core.answering(request -> new Reply(409, "{'code':'CONFLICT','detail':'-','version':5}"));
        assertThat(inCall(() -> shared.compareAndSet("k", 4, "v"))).isFalse();

        core.answering(request -> new Reply(403, "{'code':'PERMISSION_DENIED','detail':'it is of stock'}"));
        assertThatThrownBy(() -> inCall(() -> shared.set("k", 1)))
                .isInstanceOfSatisfying(MortiseException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.PERMISSION_DENIED))
                .hasMessage("it is of stock");
    }

    private static <T> T inCall(Callable<T> task) throws Exception {
        return BoundContext.call(Call.ofPlugin("desk", new TenantId("acme"), "r-9", Duration.ofSeconds(5)), task);
    }
}
