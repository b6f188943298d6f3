// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static dev.mortise.testkit.call.ContextBuilder.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Preview.Judged;
import dev.mortise.kernel.admin.Registry.Registration;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.ContextBuilder;
import dev.mortise.testkit.call.RequestBuilder;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationRoutesTest {
    private static final String PATH = "/api/v1/services/register";
    private static final String URL = "'baseUrl':'http://10.0.0.7:9000'";
    private static final String PLAIN = "{" + URL + "}";
    private static final String WITH_MANIFEST = "{" + URL + ",'manifest':{'host':'*'}}";
    private static final Optional<String> NONE = Optional.empty();
    private static final PluginBuilder PLUGIN = plugin("reports").offers("reports.generator", "1.2.0");
    private static final Preview FINE = new Preview.Planned(7, List.of(), List.of(), List.of());

    private final StubRegistry registry = new StubRegistry();
    private final StubPlugins plugins = new StubPlugins();
    private final MapTenantDirectory tenants =
            new MapTenantDirectory().add(new Tenant(new TenantId("t-1"), "acme", "Acme", false));
    private final Surface surface = over(PLUGIN);

    @Test
    void answersTheInstancesWithLeaseAndKey() throws Exception {
        Response response = surface.call("POST", PATH, reports(PLAIN));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().first("Cache-Control")).contains("no-store");
        assertThat(Surface.tree(response).toString())
                .isEqualTo("{\"serviceId\":\"i-1\",\"lease\":{\"token\":\"lease\",\"ttlSeconds\":15},"
                        + "\"heartbeatSeconds\":5,\"hopKey\":\"key\",\"services\":["
                        + "{\"serviceId\":\"i-1\",\"serviceName\":\"reports.generator\",\"version\":\"1.0.0\"},"
                        + "{\"serviceId\":\"i-2\",\"serviceName\":\"reports.old\",\"version\":\"0.9.0\"}]}");
    }

    @Test
    void passesOnWhatAnInstanceSays() throws Exception {
        surface.call("POST", PATH, reports(PLAIN));
        surface.call("POST", PATH, reports("{" + URL + """
                ,'serviceName':'reports.generator','version':'1.2.0','node':'n-7','health':'poll'}"""));

        assertThat(registry.registrations)
                .containsExactly(
                        new Registration(
                                "remote:3",
                                "reports",
                                Optional.empty(),
                                NONE,
                                NONE,
                                "http://10.0.0.7:9000",
                                NONE,
                                false,
                                NONE),
                        new Registration(
                                "remote:3",
                                "reports",
                                Optional.empty(),
                                Optional.of("reports.generator"),
                                Optional.of("1.2.0"),
                                "http://10.0.0.7:9000",
                                Optional.of("n-7"),
                                true,
                                NONE));
        assertThat(plugins.orders).as("nothing to plan").isEmpty();
    }

    @Test
    void plansAManifest() throws Exception {
        plugins.preview = FINE;

        surface.call("POST", PATH, reports(WITH_MANIFEST));

        assertThat(plugins.orders)
                .containsExactly("validate " + PLUGIN.manifest().json());
        assertThat(registry.registrations.get(0).manifest()).contains(PLUGIN.manifest());
    }

    @Test
    void takesTheVersionOfThePluginWhereNoServiceIsNamed() throws Exception {
        plugins.preview = FINE;

        surface.call("POST", PATH, reports("{" + URL + ",'version':'1.0.0','manifest':{'host':'*'}}"));
        surface.call("POST", PATH, reports("{" + URL + ",'version':'3.0.0'}"));

        assertThat(registry.registrations)
                .extracting(Registration::version)
                .containsExactly(Optional.of("1.0.0"), Optional.of("3.0.0"));
    }

    @Test
    void takesAPluginThatOnlyWaits() throws Exception {
        plugins.preview = new Preview.Planned(7, List.of(), List.of(judged()), List.of());

        assertThat(surface.call("POST", PATH, reports(WITH_MANIFEST)).status()).isEqualTo(201);
    }

    @Test
    void refusesWhatThePlannerRefuses() throws Exception {
        plugins.preview = new Preview.Planned(7, List.of(), List.of(), List.of(judged()));

        var refusal = surface.refuses("POST", PATH, reports(WITH_MANIFEST), ErrorCode.CONFLICT);

        assertThat(refusal).hasMessage(StubPlugins.PROBLEM.message());
        Surface.members(refusal, "{\"generation\":7,\"problems\":[" + StubPlugins.PROBLEM_JSON + "]}");
        assertThat(registry.registrations).isEmpty();
    }

    @Test
    void saysThatNobodyPlansNow() {
        surface.refuses("POST", PATH, reports(WITH_MANIFEST), ErrorCode.SERVICE_UNAVAILABLE);

        assertThat(registry.registrations).isEmpty();
    }

    @Test
    void plansNoSecondInstanceOfWhatIsHere() throws Exception {
        plugins.manifest = PLUGIN.manifest().json();
        surface.call("POST", PATH, reports(WITH_MANIFEST));
        assertThat(plugins.orders).isEmpty();

        plugins.state = PluginState.REJECTED;
        surface.refuses("POST", PATH, reports(WITH_MANIFEST), ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(plugins.orders).as("what was refused may be refused again").hasSize(1);
    }

    @Test
    void letsNobodySpeakForAnotherPlugin() {
        RequestBuilder named = reports("{" + URL + ",'pluginId':'crm'}");
        assertThat(surface.refuses("POST", PATH, named, ErrorCode.PERMISSION_DENIED))
                .hasMessage("'remote:3' is bound to plugin 'reports' and can't speak for plugin 'crm'."
                        + " Use a credential of that plugin.");

        Surface ofCrm = over(plugin("crm").offers("crm.contacts"));
        assertThat(ofCrm.refuses("POST", PATH, reports(WITH_MANIFEST), ErrorCode.PERMISSION_DENIED))
                .hasMessageContaining("bound to plugin 'reports' and can't speak for plugin 'crm'");
        assertThat(registry.registrations).isEmpty();
    }

    @Test
    void letsAdministratorsSpeakForAnyPlugin() throws Exception {
        plugins.preview = FINE;

        surface.call("POST", PATH, admin("{" + URL + ",'pluginId':'crm'}"));
        surface.call("POST", PATH, admin(WITH_MANIFEST));
        var unnamed = surface.refuses("POST", PATH, admin(PLAIN), ErrorCode.VALIDATION_FAILED);

        assertThat(registry.registrations).extracting(Registration::plugin).containsExactly("crm", "reports");
        assertThat(registry.registrations).extracting(Registration::announcer).containsOnly("admin:1");
        assertThat(unnamed).hasMessageContaining("'pluginId'");
    }

    @Test
    void isNotForUsers() {
        ContextBuilder user = context().user("ann", "plugin.reports.generate");

        surface.refuses("POST", PATH, Requests.admin().in(user).json(text(PLAIN)), ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void registersForTheTenantOfTheCredential() throws Exception {
        surface.call("POST", PATH, ofTenant(PLAIN));
        surface.call("POST", PATH, ofTenant("{" + URL + ",'tenantId':'acme'}"));
        surface.refuses("POST", PATH, ofTenant("{" + URL + ",'tenantId':'default'}"), ErrorCode.TENANT_MISMATCH);

        assertThat(registry.registrations).extracting(Registration::tenant).containsOnly(Optional.of("t-1"));
    }

    @Test
    void letsOnlyManyTenantIdentitiesNameATenant() throws Exception {
        String body = "{" + URL + ",'pluginId':'reports','tenantId':'acme'}";
        surface.call("POST", PATH, admin(body));
        surface.refuses("POST", PATH, reports(body), ErrorCode.TENANT_MISMATCH);
        surface.refuses("POST", PATH, admin(body.replace("acme", "nobody")), ErrorCode.NOT_FOUND);

        assertThat(registry.registrations).extracting(Registration::tenant).containsExactly(Optional.of("t-1"));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() throws Exception {
        var refusal = surface.refuses(
                "POST", PATH, reports("{'manifest':{},'health':'pull','tenant':'acme'}"), ErrorCode.VALIDATION_FAILED);

        Surface.members(refusal, text("""
                {'problems':[
                  {'code':'VALIDATION_FAILED','pointer':'/tenant','remedy':'Leave it out.','message':"'tenant' is no field \
                here; known are manifest, pluginId, serviceName, version, baseUrl, node, health, tenantId."},
                  {'code':'MANIFEST','pointer':'/manifest/host','message':"'host' is missing.",'remedy':'Add it.'},
                  {'code':'MANIFEST','pointer':'/manifest','message':'The manifest is poor.','remedy':'Enrich it.'},
                  {'code':'VALIDATION_FAILED','pointer':'/health','message':"'health' must be push or poll, not 'pull'.",\
                'remedy':'Mend it.'},
                  {'code':'VALIDATION_FAILED','pointer':'/baseUrl','message':"'baseUrl' is missing. It says where the \
                instance is called, such as http://10.0.0.7:9000.",'remedy':'Add it.'}]}"""));
        assertThat(registry.registrations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'baseUrl':7}",
                "{'baseUrl':''}",
                "{'baseUrl':null}",
                "{'baseUrl':'http://a','node':'two words'}",
                "{'baseUrl':'http://a','serviceName':'Not a name'}",
                "{'baseUrl':'http://a','serviceName':'reports.other','manifest':{'host':'*'}}",
                "{'baseUrl':'http://a','serviceName':'reports.generator','version':'1.3.0','manifest':{'host':'*'}}",
                "{'baseUrl':'http://a','serviceName':'reports.generator','version':'1'}",
                "{'baseUrl':'http://a','version':'1.2.0','manifest':{'host':'*'}}",
                "{'baseUrl':'http://a','pluginId':'crm','manifest':{'host':'*'}}",
                "{'baseUrl':'http://a','manifest':'{}'}",
                "{'baseUrl':'http://a','manifest':{'host':'*','config':{'fields':[null]}}}",
                "{'baseUrl':'http://a','health':true}",
                "{'baseUrl':'http://a','baseUrl':'http://b'}",
                "[]",
                "null",
                ""
            })
    void refusesWhatMakesNoSense(String body) {
        plugins.preview = FINE;

        surface.refuses("POST", PATH, admin(body), ErrorCode.VALIDATION_FAILED);

        assertThat(registry.registrations).isEmpty();
    }

    @Test
    void answersAsTheRegistryRefuses() {
        registry.refuses(ErrorCode.CONFLICT, "reports.generator is held by another one.");

        assertThat(surface.refuses("POST", PATH, reports(PLAIN), ErrorCode.CONFLICT))
                .hasMessage("reports.generator is held by another one.");
    }

    private Surface over(PluginBuilder described) {
        return new Surface(new RegistrationRoutes(
                registry, plugins, new StubManifests(described), tenants, new JacksonJsonFactory()));
    }

    private static Judged judged() {
        return new Judged("reports", "1.0.0", List.of(StubPlugins.PROBLEM));
    }

    private static RequestBuilder reports(String body) {
        return Requests.admin().in(Requests.reports()).json(text(body));
    }

    private static RequestBuilder ofTenant(String body) {
        return Requests.admin().in(Requests.plugin("t-1")).json(text(body));
    }

    private static RequestBuilder admin(String body) {
        return Requests.admin().json(text(body));
    }

    /** Answers JSON of a text with single quotes, which stand for double ones unless they are within double ones. */
    private static String text(String body) {
        String[] parts = body.split("\"", -1);
        for (int i = 0; i < parts.length; i += 2) {
            parts[i] = parts[i].replace('\'', '"');
        }
        return String.join("\"", parts);
    }
}
