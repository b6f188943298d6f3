// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.port.PluginTools.Source;
import dev.mortise.mcp.tool.ToolServers.Order;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.TestJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SDK's client against programs that end, say nothing, or too much. */
final class ProgramServersTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Source PLUGIN = new Source(
            PluginBuilder.plugin("shop")
                    .with("mcp", Map.of("local", List.of(Map.of("id", "near", "command", List.of("serve")))))
                    .manifest(),
            new Digest("0".repeat(64)),
            1,
            false);

    private final Json json = TestJson.factory().verbatim();
    private final FakePrograms programs = new FakePrograms();
    private final AtomicInteger tooLong = new AtomicInteger();
    private final ServerClients clients = new ServerClients(
            new Roads(
                    Optional::empty,
                    () -> Optional.of(programs),
                    Optional::empty,
                    json,
                    Duration.ofSeconds(2),
                    AnswerLimit.ofKilobytes(1, tooLong::incrementAndGet)),
            json,
            "1.0.0",
            new ServerLimits(10, Duration.ofHours(1), 4, Duration.ofSeconds(2), 50),
            (tenant, plugin) -> true);

    @AfterEach
    void end() {
        clients.close();
        programs.close();
    }

    private Map<String, Object> call() {
        return clients.call(ACME, PLUGIN, new Order("near", "add", Map.of()))
                .toCompletableFuture()
                .join();
    }

    private String fault(FakePrograms.Answer answer) {
        programs.answer = answer;
        CompletionException fault = catchThrowableOfType(CompletionException.class, this::call);
        programs.answer = FakePrograms.Answer.GOOD;
        return String.valueOf(fault.getCause().getMessage());
    }

    @Test
    void oneThatEndedWhileNobodyAskedIsStartedAgainByTheNextCall() {
        call();
        programs.started.get(0).gone("it was killed");

        assertThat(call().get("content").toString()).contains("text=42");
        assertThat(programs.started).hasSize(2);
    }

    @Test
    void saysWhyOneEndedThatWasAsked() {
        assertThat(fault(FakePrograms.Answer.END)).isEqualTo("Its program ended: it broke");
        assertThat(call().get("content").toString()).contains("text=42");
    }

    @Test
    void anAnswerThatIsTooLongIsToldAtOnceAndEndsIt() {
        assertThat(fault(FakePrograms.Answer.TOO_LONG))
                .isEqualTo("Its answer has more than 1024 bytes (servers.answer.max.kb).");
        assertThat(programs.orders.get(0).lineBytes()).isEqualTo(1024);
        assertThat(tooLong).hasValue(1);
        assertThat(programs.closed.get()).isPositive();
    }

    @Test
    void saysThatItDidNotAnswer() {
        assertThat(fault(FakePrograms.Answer.NONE)).isEqualTo("It did not answer within 2 s.");
    }
}
