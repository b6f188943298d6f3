// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.testkit.call.TestJson;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientResponseTest {
    /** What the caller expects of an answer. */
    private record Product(String id, int quantity) {}

    @Test
    void mapsAnAnswerInTheCallersOwnMapper() {
        ClientResponse response = answer(200, "application/json", "{\"id\":\"7\",\"quantity\":3,\"news\":true}");
        Type map = Map.class;

        assertThat(response.as(Product.class)).isEqualTo(new Product("7", 3));
        assertThat(response.<Object>as(map)).isEqualTo(Map.of("id", "7", "quantity", 3, "news", true));
        assertThat(response.orThrow()).isSameAs(response);
    }

    @Test
    void takesAnAnswerThatDoesNotFitForAFaultOfTheProvider() {
        ClientResponse response = answer(200, "application/json", "[1]");

        ServiceException thrown = catchThrowableOfType(ServiceException.class, () -> response.as(Product.class));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SERVICE_FAILED);
        assertThat(thrown).hasMessageStartingWith("The answer of inventory.products does not fit");
    }

    @Test
    void readsAProblemThatTheProviderWroteItself() {
        ClientResponse response =
                answer(422, "application/problem+json", "{\"code\":\"CONFLICT\",\"detail\":\"Taken.\"}");

        ServiceException thrown = catchThrowableOfType(ServiceException.class, response::orThrow);

        assertThat(thrown.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(thrown.status()).isEqualTo(422);
        assertThat(thrown).hasMessage("Taken.");
    }

    @Test
    void keepsWhatAProblemTellsBesidesAndWhenToComeAgain() {
        Response refusing =
                Response.of(409, "application/problem+json", Body.of("""
                {"type":"about:blank","status":409,"code":"CONFLICT","detail":"Needed.","requestId":"r-1",
                 "blockers":["reports",null],"none":null,"limits":{"left":3,"none":null}}""")).with("Retry-After", "7");

        ServiceException thrown = catchThrowableOfType(
                ServiceException.class,
                () -> new ClientResponse("inventory.products", refusing, TestJson::lenient).orThrow());

        assertThat(thrown.members()).isEqualTo(Map.of("blockers", List.of("reports"), "limits", Map.of("left", 3)));
        assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(thrown.answered()).isTrue();
        assertThat(thrown.asOwn().members()).isEqualTo(thrown.members());
        assertThat(thrown.asOwn())
                .hasMessage("Needed.")
                .extracting(MortiseException::code)
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "401, UNAUTHENTICATED",
        "403, PERMISSION_DENIED",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "429, RATE_LIMITED",
        "500, INTERNAL",
        "502, SERVICE_FAILED",
        "503, SERVICE_UNAVAILABLE",
        "504, DEADLINE_EXCEEDED"
    })
    void goesByTheStatusWhenThereIsNoProblemToRead(int status, ErrorCode code) {
        for (String type : new String[] {"application/problem+json", "text/html"}) {
            ServiceException thrown = catchThrowableOfType(
                    ServiceException.class, () -> answer(status, type, "oops").orThrow());

            assertThat(thrown.code()).isEqualTo(code);
            assertThat(thrown).hasMessage("inventory.products answered with status " + status + ".");
        }
    }

    private static ClientResponse answer(int status, String type, String text) {
        return new ClientResponse("inventory.products", Response.of(status, type, Body.of(text)), TestJson::lenient);
    }
}
