// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.model.Deployment.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentRoutesTest {
    private static final String PATH = "/api/v1/deployments";

    private final StubDeployments deployments = new StubDeployments();
    private final Surface surface = new Surface(new DeploymentRoutes(deployments, new JacksonJsonFactory()));

    @Test
    void listsTheNewestFifty() throws Exception {
        surface.answers(
                "GET", PATH, Requests.admin(), 200, "{\"count\":1,\"deployments\":[" + StubDeployments.DONE + "]}");

        assertThat(deployments.asked).containsExactly("newest 50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "500"})
    void listsAsManyAsAreAskedFor(String limit) throws Exception {
        surface.call("GET", PATH, Requests.admin().query("limit", limit));

        assertThat(deployments.asked).containsExactly("newest " + limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "many", "1.5", "99999999999999"})
    void refusesALimitThatIsNone(String limit) {
        var refusal = surface.refuses("GET", PATH, Requests.admin().query("limit", limit), ErrorCode.VALIDATION_FAILED);

        assertThat(refusal).hasMessage("The query parameter 'limit' is a number from 1 to 500, not '" + limit + "'.");
    }

    @Test
    void showsOne() throws Exception {
        surface.answers("GET", PATH + "/{id}", Requests.admin().parameter("id", "d-1"), 200, StubDeployments.DONE);
    }

    @Test
    void leavesOutTheEndOfARunningOne() throws Exception {
        deployments.deployment = StubDeployments.inState(State.RUNNING);

        var answer = Surface.tree(
                surface.call("GET", PATH + "/{id}", Requests.admin().parameter("id", "d-1")));

        assertThat(answer.get("state").asText()).isEqualTo("RUNNING");
        assertThat(answer.fieldNames()).toIterable().doesNotContain("finishedAt", "reason");
    }

    @Test
    void knowsNoOther() {
        var refusal =
                surface.refuses("GET", PATH + "/{id}", Requests.admin().parameter("id", "d-2"), ErrorCode.NOT_FOUND);

        assertThat(refusal).hasMessage("There is no deployment 'd-2'. GET /api/v1/deployments lists the newest.");
    }
}
