// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadRoutesTest {
    private static final String PATH = "/api/v1/plugins";
    private static final String PLAN = "/api/v1/plugins/plan";
    private static final String VALIDATE = "/api/v1/dependencies/validate";
    private static final String JAR = "application/java-archive";

    private final StubPlugins plugins = new StubPlugins();
    private final StubDeployments deployments = new StubDeployments();
    private final Surface surface = new Surface(new UploadRoutes(plugins, deployments, new JacksonJsonFactory()));
    private final Surface dependencies = new Surface(new DependencyRoutes(plugins, new JacksonJsonFactory()));

    @Test
    void handsTheBytesOnAndSaysWhereToLook() throws Exception {
        Response response = surface.call("POST", PATH, upload(JAR, "bytes"));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers().first("Location")).contains("/api/v1/deployments/d-1");
        assertThat(response.body().text()).contains("\"deploymentId\":\"d-1\"", "\"message\":\"It happens.\"");
        assertThat(plugins.orders).containsExactly("install The upload [bytes] false API");
    }

    @Test
    void takesAFormWithTheJar() throws Exception {
        surface.call("POST", PATH, form("reports-1.1.0.jar", "bytes"));

        assertThat(plugins.orders).containsExactly("install reports-1.1.0.jar [bytes] false API");
    }

    @Test
    void downgradesOnlyWhenAskedTo() throws Exception {
        surface.call("POST", PATH, upload(JAR, "x").query("downgrade", "true"));
        surface.call("POST", PATH, upload(JAR, "y").query("downgrade", "false"));

        assertThat(plugins.orders)
                .containsExactly("install The upload [x] true API", "install The upload [y] false API");
    }

    @Test
    void answersTheDeploymentToWhoWaits() throws Exception {
        surface.answers("POST", PATH, upload(JAR, "x").query("wait", "true"), 200, StubDeployments.DONE);
    }

    @Test
    void takesTheMediaTypeInAnyCaseAndWithParameters() throws Exception {
        assertThat(surface.call("POST", PATH, upload("Application/Java-Archive; x=y", "x"))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/zip", "", "application/java-archives", "application/octet-stream"})
    void namesTheMediaTypesWhenAnotherIsSent(String type) {
        for (String path : List.of(PATH, PLAN)) {
            var refusal = surface.refuses("POST", path, upload(type, "x"), ErrorCode.UNSUPPORTED_MEDIA_TYPE);

            assertThat(refusal)
                    .hasMessage(
                            "A plugin is sent as application/java-archive, or as field 'jar' of multipart/form-data,"
                                    + " not as " + (type.isEmpty() ? "nothing" : type) + ".");
        }
        assertThat(plugins.orders).isEmpty();
    }

    @Test
    void saysWhatIsNoPlugin() throws Exception {
        plugins.answer = new Change.NotTaken("The upload is not a zip file.", List.of(StubPlugins.PROBLEM));

        var refusal = surface.refuses("POST", PATH, upload(JAR, "x"), ErrorCode.VALIDATION_FAILED);

        assertThat(refusal).hasMessage("The upload is not a zip file.");
        Surface.members(refusal, "{\"problems\":[" + StubPlugins.PROBLEM_JSON + "]}");
    }

    @Test
    void refusesOptionsThatItWouldOtherwiseIgnore() {
        surface.refuses("POST", PATH, upload(JAR, "x").query("force", "true"), ErrorCode.VALIDATION_FAILED);
        surface.refuses("POST", PATH, upload(JAR, "x").query("downgrade", "1"), ErrorCode.VALIDATION_FAILED);
        surface.refuses("POST", PLAN, upload(JAR, "x").query("wait", "true"), ErrorCode.VALIDATION_FAILED);
        assertThat(plugins.orders).isEmpty();
    }

    @Test
    void plansWithoutDoingIt() throws Exception {
        plugins.preview = new Preview.Planned(
                12,
                List.of(new Preview.Group(List.of(
                        new Preview.Step("inventory", "2.0.0", "update"),
                        new Preview.Step("crm", "1.0.0", "install")))),
                List.of(new Preview.Judged("reports", "1.0.0", List.of(StubPlugins.PROBLEM))),
                List.of(new Preview.Judged("old", "0.1.0", List.of())));
        String plan = """
                {"generation":12,
                 "groups":[{"steps":[{"plugin":"inventory","version":"2.0.0","action":"update"},
                                     {"plugin":"crm","version":"1.0.0","action":"install"}]}],
                 "waiting":[{"plugin":"reports","version":"1.0.0","problems":[%s]}],
                 "refused":[{"plugin":"old","version":"0.1.0","problems":[]}]}""".formatted(StubPlugins.PROBLEM_JSON);

        surface.answers("POST", PLAN, upload(JAR, "x").query("downgrade", "true"), 200, plan);
        surface.answers("POST", PLAN, form("y.jar", "y"), 200, plan);
        dependencies.answers("POST", VALIDATE, Requests.admin().json("{\"id\":\"reports\"}"), 200, plan);

        assertThat(plugins.orders)
                .containsExactly(
                        "plan The upload [x] true API", "plan y.jar [y] false API", "validate {\"id\":\"reports\"}");
    }

    @Test
    void plansNothingForWhatIsNoPlugin() throws Exception {
        plugins.preview = new Preview.NotTaken("It is no plugin.", List.of(StubPlugins.PROBLEM));

        var jar = surface.refuses("POST", PLAN, upload(JAR, "x"), ErrorCode.VALIDATION_FAILED);
        var manifest = dependencies.refuses("POST", VALIDATE, Requests.admin().json("{}"), ErrorCode.VALIDATION_FAILED);

        for (var refusal : List.of(jar, manifest)) {
            assertThat(refusal).hasMessage("It is no plugin.");
            Surface.members(refusal, "{\"problems\":[" + StubPlugins.PROBLEM_JSON + "]}");
        }
    }

    @Test
    void saysWhenNobodyCanPlan() {
        assertThat(surface.refuses("POST", PLAN, upload(JAR, "x"), ErrorCode.SERVICE_UNAVAILABLE))
                .hasMessage("Mortise starts.");
        dependencies.refuses("POST", VALIDATE, Requests.admin().json("{}"), ErrorCode.SERVICE_UNAVAILABLE);
    }

    private static RequestBuilder upload(String type, String bytes) {
        return Requests.admin().header("Content-Type", type).body(Body.of(bytes));
    }

    private static RequestBuilder form(String file, String bytes) {
        String part = "--b\r\nContent-Disposition: form-data; name=\"jar\"; filename=\"%s\"\r\n\r\n%s\r\n--b--\r\n";
        return upload("multipart/form-data; boundary=b", part.formatted(file, bytes));
    }
}
