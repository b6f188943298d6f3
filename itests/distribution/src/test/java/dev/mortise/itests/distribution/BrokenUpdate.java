// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;

import dev.mortise.itests.distribution.plugins.Broken;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A version that fails in one phase of its deployment.
 *
 * @param id of the plugin; each kind has its own
 * @param reason a regular expression of which the told reason contains a match
 */
record BrokenUpdate(String id, PluginJar jar, String reason) {
    static final String VERSION = "1.1.0";

    private static final String UNVERIFIABLE = "broken/Unverifiable";
    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="unverifiable" immediate="true">
              <implementation class="broken.Unverifiable"/>
            </scr:component>
            """;

    /** Answers every kind. */
    static List<BrokenUpdate> all() throws IOException {
        return Stream.of(ofClasses(), ofCode(), ofTables(), ofDeclarations())
                .flatMap(List::stream)
                .toList();
    }

    private static List<BrokenUpdate> ofClasses() throws IOException {
        byte[] unverifiable = ClassFile.unverifiable(UNVERIFIABLE);
        return List.of(
                of("unverifiable", "VerifyError", jar -> jar.withEntry(UNVERIFIABLE + ".class", unverifiable)
                        .withEntry("OSGI-INF/unverifiable.xml", COMPONENT)
                        .withHeader("Service-Component", "OSGI-INF/*.xml")),
                with("incomplete", "Broken\\$Absent", Broken.Incomplete.class),
                of(
                        "missing-import",
                        "nowhere\\.to\\.be\\.found",
                        jar -> jar.withHeader(
                                "Import-Package", "dev.mortise.api.http,nowhere.to.be.found;version=\"[1,2)\"")));
    }

    private static List<BrokenUpdate> ofCode() {
        return List.of(
                throwing("throwing-activator"),
                activated("hanging-activator", "activator.*5 s", Broken.HangingActivator.class),
                with("throwing-component", "the component has no luck", Broken.ThrowingComponent.class),
                with("unsatisfied", "Callable", Broken.Lonely.class),
                of(
                        "circle",
                        "need each other in a circle: .*Broken\\$Egg -> .*Broken\\$Hen -> .*Broken\\$Egg",
                        jar -> jar.withClasses(Broken.Hen.class, Broken.Egg.class)),
                with("throwing-hook", "the currency is missing", Broken.ThrowingHook.class),
                with("hanging-hook", "initialize.*5 s", Broken.HangingHook.class),
                with("sick", "the shelves are empty", Broken.Sick.class));
    }

    private static List<BrokenUpdate> ofTables() {
        return List.of(
                of(
                        "bad-sql",
                        "Migration 1 \\(things\\) of plugin 'bad-sql'.*nowhere",
                        jar -> jar.withMigration(
                                "1__things.sql", "CREATE TABLE p_bad_sql__things AS SELECT * FROM nowhere")),
                of(
                        "foreign-table",
                        "would create 'tokens', which is outside p_foreign_table__",
                        jar -> jar.withMigration("1__things.sql", "CREATE TABLE tokens (id int)")));
    }

    private static List<BrokenUpdate> ofDeclarations() {
        return List.of(
                with("two-routes", "two routes for GET /version", Broken.SecondRoute.class),
                new BrokenUpdate(
                        "no-route",
                        complete(plain("no-route").offers("no-route.things", "1.0.0", "GET /things")),
                        "declares endpoints that no route realises: GET /things"),
                new BrokenUpdate(
                        "taken-service",
                        complete(plain("taken-service").offers("worker-token.tokens", "1.0.0", "GET /version")),
                        "worker-token\\.tokens"),
                new BrokenUpdate("bad-manifest", complete(plain("bad-manifest").with("colour", "red")), "colour"));
    }

    /** Answers a version whose activator throws. */
    static BrokenUpdate throwing(String id) {
        return activated(id, "the activator has no luck", Broken.ThrowingActivator.class);
    }

    @Override
    public String toString() {
        return id;
    }

    private static BrokenUpdate of(String id, String reason, UnaryOperator<PluginJar> change) {
        return new BrokenUpdate(id, change.apply(complete(plain(id))), reason);
    }

    private static BrokenUpdate with(String id, String reason, Class<?> code) {
        return of(id, reason, jar -> jar.withClasses(code));
    }

    private static BrokenUpdate activated(String id, String reason, Class<?> activator) {
        return of(id, reason, jar -> jar.withClasses(activator).withHeader("Bundle-Activator", activator.getName()));
    }

    private static PluginBuilder plain(String id) {
        return plugin(id).version(VERSION);
    }

    private static PluginJar complete(PluginBuilder plugin) {
        return VersionedJar.of(plugin, VERSION);
    }
}
