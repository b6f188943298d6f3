// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.PassingFault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {
    private final TestGateway gateway = TestGateway.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void writesTheDocumentInItsOneShape() {
        FakeExchange answer =
                gateway.send(get("/api/v1/p/nobody/a%20b").as("alice").with("X-Request-Id", "request-1"));

        assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"code\":\"PLUGIN_NOT_FOUND\","
                                + "\"detail\":\"There is no plugin 'nobody'.\",\"instance\":\"/api/v1/p/nobody/a%20b\","
                                + "\"requestId\":\"request-1\"}");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void answersWhatAHandlerRefusesWithItsCodeAndStatus(ErrorCode code) {
        FakeExchange answer = thrown(request -> {
            throw new MortiseException(code, "No \"product\" 7.\n");
        });

        assertThat(answer.status()).isEqualTo(code.status());
        assertThat(answer.code()).isEqualTo(code.name());
        assertThat(answer.detail()).isEqualTo("No \\\"product\\\" 7.\\u000a");
        assertThat(answer.text()).contains("\"title\":\"" + title(code.status()) + "\"");
    }

    @Test
    void tellsFurtherMembersButNeverInThePlaceOfItsOwn() {
        FakeExchange answer = thrown(request -> {
            throw new MortiseException(
                    ErrorCode.CONFLICT, "Needed.", Map.of("blockers", List.of("reports"), "code", List.of("forged")));
        });

        assertThat(answer.code()).isEqualTo("CONFLICT");
        assertThat(answer.text()).contains("\"blockers\":[\"reports\"]").doesNotContain("forged");
    }

    @Test
    void keepsWhatHappenedToItself() {
        FakeExchange answer = thrown(request -> {
            throw new IllegalStateException("jdbc:postgresql://secret");
        });

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("INTERNAL");
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("IllegalState");
        assertThat(answer.detail()).contains(answer.field("X-Request-Id"));
    }

    @Test
    void survivesErrors() {
        assertThat(thrown(request -> {
                            throw new NoClassDefFoundError("com/acme/Gone");
                        })
                        .code())
                .isEqualTo("INTERNAL");
        assertThat(thrown(ProblemsTest::endless).code()).isEqualTo("INTERNAL");
        assertThat(thrown(request -> {
                            throw new OutOfMemoryError("pretended");
                        })
                        .code())
                .isEqualTo("INTERNAL");
    }

    @Test
    void asksToTryAgainWhenAFaultPassesByItselfHoweverItIsWrapped() {
        FakeExchange exchange = thrown(request -> {
            Exception fault = PassingFault.mark(new IOException("cut"), "The database can't be reached. Try again.");
            throw new IllegalStateException("wrapped", new IllegalStateException(fault));
        });

        assertThat(exchange.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(exchange.detail()).endsWith(" failed. The database can't be reached. Try again.");
        assertThat(exchange.field("Retry-After")).isEqualTo("1");
    }

    @Test
    void leavesAFaultAFaultWhenItPassesAndAnotherIsMeant() {
        assertThat(thrown(request -> {
                            throw PassingFault.mark(new MortiseException(ErrorCode.CONFLICT, "taken"), "passes");
                        })
                        .code())
                .isEqualTo("CONFLICT");
    }

    @Test
    @SuppressWarnings("NullAway")
    void takesNoAnswerForAFault() {
        assertThat(thrown(request -> null).code()).isEqualTo("INTERNAL");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Response endless(Request request) {
        return endless(request);
    }

    private FakeExchange thrown(Handler handler) {
        gateway.put(plugin("broken").route("GET", "/", handler));
        return gateway.send(get("/api/v1/p/broken").as("alice"));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 508 -> "Loop Detected";
            default -> "a title for " + status;
        };
    }
}
