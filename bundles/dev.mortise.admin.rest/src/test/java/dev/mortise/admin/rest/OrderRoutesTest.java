// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.testkit.admin.NotedBelongings;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRoutesTest {
    private static final String ONE = "/api/v1/plugins/{id}";
    private static final String RESTART = ONE + "/restart";
    private static final String ROLLBACK = ONE + "/rollback";

    private final StubPlugins plugins = new StubPlugins();
    private final NotedBelongings belongings = new NotedBelongings();
    private final StubDeployments deployments = new StubDeployments();
    private final Surface surface =
            new Surface(new OrderRoutes(plugins, deployments, belongings, new JacksonJsonFactory()));

    @Test
    void takesAnOrderAndSaysWhereToLook() throws Exception {
        Response response = surface.call("POST", RESTART, reports());

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers().first("Location")).contains("/api/v1/deployments/d-1");
        assertThat(response.body().text()).contains("\"deploymentId\":\"d-1\"", "\"message\":\"It happens.\"");
        assertThat(plugins.orders).containsExactly("restart reports API");
        assertThat(deployments.asked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"DONE", "FAILED", "REFUSED"})
    void answersHowItEndedToWhoWaits(State state) throws Exception {
        deployments.deployment = StubDeployments.inState(state);

        Response response = surface.call("POST", RESTART, reports().query("wait", "true"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(Surface.tree(response).get("state").asText()).isEqualTo(state.name());
        assertThat(deployments.asked).hasSize(1).allMatch(asked -> asked.startsWith("await d-1 "));
    }

    @Test
    void movesAPluginToThePlaceThatIsNamed() throws Exception {
        surface.call("POST", ONE + "/move", reports().json("{\"location\":\"worker\"}"));

        assertThat(plugins.orders).containsExactly("move reports worker API");
        surface.refuses("POST", ONE + "/move", reports().json("{}"), ErrorCode.VALIDATION_FAILED);
        surface.refuses("POST", ONE + "/move", reports().json("{\"to\":\"worker\"}"), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void removesWhatIsKeptWhenThatIsConfirmed() throws Exception {
        surface.refuses("DELETE", ONE, reports().query("purge", "true"), ErrorCode.CONFLICT);
        surface.refuses("DELETE", ONE, reports().query("purge", "false"), ErrorCode.VALIDATION_FAILED);
        assertThat(belongings.purged()).isEmpty();

        Response went =
                surface.call("DELETE", ONE, reports().query("purge", "true").query("confirm", "reports"));

        assertThat(went.status()).isEqualTo(200);
        assertThat(belongings.purged()).isEqualTo("reports");
        assertThat(plugins.orders).isEmpty();
        assertThat(Surface.tree(surface.call("GET", ONE + "/holdings", reports())))
                .isEqualTo(Surface.tree(went));
    }

    @Test
    void answersTheWholeDeploymentToWhoWaits() throws Exception {
        surface.answers("DELETE", ONE, reports().query("wait", "true"), 200, StubDeployments.DONE);
        surface.answers("POST", ROLLBACK, reports().query("wait", "true"), 200, StubDeployments.DONE);
    }

    @Test
    void waitsNoLongerThanItsPatienceAndTheDeadlineOfTheCall() throws Exception {
        surface.call("POST", RESTART, reports().query("wait", "true").in(Requests.adminWithin(300)));
        surface.call("POST", RESTART, reports().query("wait", "true").in(Requests.adminWithin(10)));

        assertThat(deployments.asked)
                .satisfiesExactly(
                        longest -> assertThat(longest).isEqualTo("await d-1 PT1M"),
                        shorter -> assertThat(shorter).startsWith("await d-1 PT8."));
    }

    @Test
    void sendsWhoWaitsToADeploymentThatStillRuns() throws Exception {
        deployments.deployment = StubDeployments.inState(State.RUNNING);

        Response response = surface.call("POST", RESTART, reports().query("wait", "true"));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers().first("Location")).contains("/api/v1/deployments/d-1");
    }

    @Test
    void sendsWhoWaitsToADeploymentThatIsNotInTheJournalYet() throws Exception {
        plugins.answer = new Change.Accepted("d-2", "It happens.");

        assertThat(surface.call("POST", RESTART, reports().query("wait", "true"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void removesWithoutForceUnlessItIsAskedFor() throws Exception {
        surface.call("DELETE", ONE, reports());
        surface.call("DELETE", ONE, reports().query("force", "true"));

        assertThat(plugins.orders).containsExactly("uninstall reports false API", "uninstall reports true API");
    }

    @Test
    void goesBackToTheVersionOfQueryOrBodyOrToTheLast() throws Exception {
        surface.call("POST", ROLLBACK, reports());
        surface.call("POST", ROLLBACK, reports().query("version", "1.0.0"));
        surface.call("POST", ROLLBACK, reports().json("{\"version\":\"1.0.1\"}"));
        surface.call("POST", ROLLBACK, reports().json("{}"));

        assertThat(plugins.orders)
                .containsExactly(
                        "rollback reports to the last",
                        "rollback reports 1.0.0",
                        "rollback reports 1.0.1",
                        "rollback reports to the last");
    }

    @Test
    void goesBackToNothingThatIsNoVersion() {
        for (RequestBuilder wrong : List.of(
                reports().query("version", "1.0"),
                reports().query("version", ""),
                reports().json("{\"version\":\"latest\"}"),
                reports().json("{\"versions\":\"1.0.0\"}"),
                reports().json("null"),
                reports().json("{\"version\":\"1.0.0\"}").query("version", "1.0.0"))) {
            surface.refuses("POST", ROLLBACK, wrong, ErrorCode.VALIDATION_FAILED);
        }
        assertThat(plugins.orders).isEmpty();
    }

    @Test
    void namesWhoAndWhatStandsAgainstAnOrder() throws Exception {
        plugins.answer = new Change.Refused(
                "Others need it.", List.of(new PluginId("zz"), new PluginId("crm")), List.of(StubPlugins.PROBLEM), 12);

        var refusal = surface.refuses("DELETE", ONE, reports().query("wait", "true"), ErrorCode.CONFLICT);

        assertThat(refusal).hasMessage("Others need it.");
        Surface.members(
                refusal,
                "{\"generation\":12,\"problems\":[" + StubPlugins.PROBLEM_JSON + "],\"blockers\":[\"crm\",\"zz\"]}");
    }

    @Test
    void namesTheGenerationThatWon() throws Exception {
        plugins.answer = new Change.Refused("Somebody was faster.", List.of(), List.of(), 13);

        Surface.members(
                surface.refuses("POST", ROLLBACK, reports(), ErrorCode.CONFLICT),
                "{\"generation\":13,\"problems\":[]}");
    }

    @Test
    void tellsAnUnknownPluginFromARefusal() {
        plugins.answer = new Change.Unknown(new PluginId("reports"), "There is no plugin 'reports' here.");

        assertThat(surface.refuses("POST", ROLLBACK, reports(), ErrorCode.PLUGIN_NOT_FOUND))
                .hasMessage("There is no plugin 'reports' here.");
    }

    @Test
    void saysWhenNobodyCanTakeAnOrder() {
        plugins.answer = new Change.Unavailable("The database is away.");

        assertThat(surface.refuses("POST", RESTART, reports(), ErrorCode.SERVICE_UNAVAILABLE))
                .hasMessage("The database is away.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody there", "core", "..", "A", ""})
    void takesNoOrderForWhatCanBeNoPlugin(String id) {
        surface.refuses("DELETE", ONE, Requests.admin().parameter("id", id), ErrorCode.PLUGIN_NOT_FOUND);
        surface.refuses("POST", RESTART, Requests.admin().parameter("id", id), ErrorCode.PLUGIN_NOT_FOUND);
        surface.refuses("POST", ROLLBACK, Requests.admin().parameter("id", id), ErrorCode.PLUGIN_NOT_FOUND);
        assertThat(plugins.orders).isEmpty();
    }

    @Test
    void refusesWhatItWouldOtherwiseIgnore() {
        for (RequestBuilder wrong : List.of(
                reports().query("forse", "true"),
                reports().query("force", "yes"),
                reports().query("wait", "1"),
                reports().query("force", "true").query("force", "false"))) {
            surface.refuses("DELETE", ONE, wrong, ErrorCode.VALIDATION_FAILED);
        }
        surface.refuses("POST", RESTART, reports().query("force", "true"), ErrorCode.VALIDATION_FAILED);
        assertThat(plugins.orders).isEmpty();
    }

    private static RequestBuilder reports() {
        return Requests.admin().parameter("id", "reports");
    }
}
