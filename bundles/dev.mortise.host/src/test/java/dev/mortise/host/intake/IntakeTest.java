// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.TestJar;
import dev.mortise.host.TestManifests;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
    private static final Digest DIGEST = new Digest("ab".repeat(32));

    @TempDir
    Path folder;

    private final Intake intake =
            new Intake(TestManifests.reader(), new IntakeLimits(64 << 20, 10_000, 256L << 20, 100, Optional.empty()));

    @Test
    void admitsAPlugin() throws IOException {
        Inspection result = inspect(TestJar.plugin("inventory", "1.2.0")
                .entry("migrations/1__create.sql", "CREATE TABLE x ()")
                .bytes());

        assertThat(result).isInstanceOf(Inspection.Admitted.class);
        Artifact artifact = ((Inspection.Admitted) result).artifact();
        assertThat(artifact.identity()).hasToString("inventory 1.2.0");
        assertThat(artifact.migrations()).hasSize(1);
        assertThat(artifact.offersMigrations()).isFalse();
        assertThat(artifact.warnings()).isEmpty();
    }

    @Test
    void seesThatAPluginBringsItsOwnMigrations() throws IOException {
        Inspection result = inspect(TestJar.plugin("inventory", "1.2.0")
                .header(
                        "Provide-Capability",
                        "osgi.service;objectClass:List<String>=\"dev.mortise.api.data.MigrationSource\"")
                .entry("migrations/1__create.sql", "CREATE TABLE x ()")
                .bytes());

        assertThat(((Inspection.Admitted) result).artifact().offersMigrations()).isTrue();
        assertThat(((Inspection.Admitted) result).artifact().warnings()).hasSize(1);
    }

    @Test
    void namesABundleThatIsNoPlugin() throws IOException {
        assertThat(messages(TestJar.bundle("com.acme").bytes()))
                .containsExactly("x.jar is a bundle but no plugin: plugin.json is missing at its root."
                        + " 'mortise new' makes one.");
    }

    @Test
    void namesAJarThatIsNoBundle() throws IOException {
        assertThat(messages(TestJar.empty().entry("plugin.json", "{}").bytes()))
                .containsExactly("x.jar is no bundle: META-INF/MANIFEST.MF has no Bundle-SymbolicName."
                        + " Build it with bnd-maven-plugin.");
    }

    @Test
    void listsTheProblemsOfManifestHeadersAndMigrationsTogether() throws IOException {
        Inspection result = inspect(TestJar.bundle("com.acme")
                .header("Export-Package", "com.acme")
                .entry("plugin.json", "{\"id\":\"acme\",\"version\":\"1.0.0\",\"bad\":true}")
                .entry("migrations/x.sql", "")
                .bytes());

        Inspection.Refused refused = (Inspection.Refused) result;
        assertThat(refused.problems())
                .extracting(Problem::code)
                .containsExactly(Problem.Code.MANIFEST, Problem.Code.INTAKE, Problem.Code.INTAKE);
        assertThat(refused.plugin())
                .hasValueSatisfying(named -> assertThat(named.id()).hasToString("acme"));
    }

    @Test
    void readsWhatAPluginImportsOnANewerJava() throws IOException {
        byte[] jar = TestJar.plugin("acme", "1.0.0")
                .header("Multi-Release", "true")
                .entry("META-INF/versions/9/OSGI-INF/MANIFEST.MF", "Import-Package: dev.mortise.kernel.port\n")
                .bytes();

        assertThat(messages(jar))
                .containsExactly("x.jar is not taken: entry 'META-INF/versions/9/OSGI-INF/MANIFEST.MF' is refused:"
                        + " header Import-Package is refused with dev.mortise.kernel.port: of Mortise a plugin imports"
                        + " dev.mortise.api only. Mend the jar and drop it again.");
    }

    @Test
    void refusesAPluginThatRunsOnlyElsewhere() throws IOException {
        assertThat(messages(TestJar.bundle("com.acme")
                        .entry("plugin.json", "{\"id\":\"acme\",\"version\":\"1.0.0\",\"locations\":[\"remote\"]}")
                        .bytes()))
                .singleElement()
                .asString()
                .contains("the locations [remote], and a container runs plugins as 'bundle' or 'worker'");
    }

    @Test
    void takesAPluginThatRunsInAProcess() throws IOException {
        assertThat(inspect(TestJar.bundle("com.acme")
                        .entry("plugin.json", "{\"id\":\"acme\",\"version\":\"1.0.0\",\"locations\":[\"worker\"]}")
                        .bytes()))
                .isInstanceOf(Inspection.Admitted.class);
    }

    @Test
    void refusesOneThatJudgesCallersOutsideOfTheContainer() throws IOException {
        assertThat(messages(TestJar.bundle("com.acme")
                        .header(
                                "Provide-Capability",
                                "osgi.service;objectClass:List<String>=\"dev.mortise.api.auth.Authenticator\"")
                        .entry("plugin.json", "{\"id\":\"acme\",\"version\":\"1.0.0\",\"locations\":[\"worker\"]}")
                        .bytes()))
                .singleElement()
                .asString()
                .contains("it has an Authenticator or Authorizer, which runs in the container only");
    }

    @Nested
    class OfAProgram {
        private static final String PLUGIN =
                "{\"id\":\"acme\",\"version\":\"1.0.0\",\"locations\":[%s],\"command\":[\"node\"]}";

        @Test
        void needsNoBundle() throws IOException {
            assertThat(inspect(TestJar.empty()
                            .entry("plugin.json", PLUGIN.formatted("\"worker\""))
                            .entry("worker/main.js", "x")
                            .bytes()))
                    .isInstanceOf(Inspection.Admitted.class);
        }

        @Test
        void needsTheFolderThatItIsStartedIn() throws IOException {
            assertThat(messages(TestJar.empty()
                            .entry("plugin.json", PLUGIN.formatted("\"worker\""))
                            .bytes()))
                    .singleElement()
                    .asString()
                    .contains("has a runtime.command, and nothing lies below worker/");
        }

        @Test
        void canBeABundleOnlyIfItIsOne() throws IOException {
            assertThat(messages(TestJar.empty()
                            .entry("plugin.json", PLUGIN.formatted("\"bundle\",\"worker\""))
                            .entry("worker/main.js", "x")
                            .bytes()))
                    .singleElement()
                    .asString()
                    .contains("lists the location 'bundle', and the jar is no bundle");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "a\\b", "C:/x", "a/../../b", "a\u0000b", ".."})
    void refusesHostileNames(String name) throws IOException {
        assertThat(messages(TestJar.plugin("acme", "1.0.0").entry(name, "x").bytes()))
                .singleElement()
                .asString()
                .contains("has a name that leads out of the jar");
    }

    @Test
    void refusesABombWithoutUnpackingIt() throws IOException {
        byte[] zeros = new byte[300 << 20];

        assertThat(messages(TestJar.plugin("acme", "1.0.0").entry("bomb", zeros).bytes()))
                .singleElement()
                .asString()
                .contains("unpacks to");
    }

    @Test
    void refusesTooTightPacking() throws IOException {
        byte[] zeros = new byte[20 << 20];

        assertThat(messages(TestJar.plugin("acme", "1.0.0").entry("bomb", zeros).bytes()))
                .singleElement()
                .asString()
                .contains("times its size");
    }

    @Test
    void refusesTooManyEntries() throws IOException {
        TestJar jar = TestJar.plugin("acme", "1.0.0");
        for (int i = 0; i < 10_000; i++) {
            jar.entry("e" + i, "");
        }

        assertThat(messages(jar.bytes())).singleElement().asString().contains("10002 entries, and 10000 are allowed");
    }

    @Test
    void refusesAHugeManifest() throws IOException {
        assertThat(messages(TestJar.plugin("acme", "1.0.0")
                        .header("X-Long", "x".repeat(600_000))
                        .bytes()))
                .singleElement()
                .asString()
                .contains("entry 'META-INF/MANIFEST.MF' has");
    }

    @Test
    void refusesAnEntryThatIsLargerThanDeclared() throws IOException {
        byte[] jar =
                TestJar.plugin("acme", "1.0.0").entry("e", "x".repeat(1000)).bytes();
        lieAboutTheSizeOfTheLastEntry(jar);

        assertThat(messages(jar)).singleElement().asString().startsWith("x.jar is not taken: ");
    }

    @Test
    void refusesADamagedEntry() throws IOException {
        byte[] jar =
                TestJar.plugin("acme", "1.0.0").entry("e", "x".repeat(1000)).bytes();
        int header = lastHeader(jar);
        jar[header + 16] ^= 1;

        assertThat(messages(jar)).singleElement().asString().contains("entry 'e' is damaged");
    }

    private static void lieAboutTheSizeOfTheLastEntry(byte[] jar) {
        int header = lastHeader(jar);
        jar[header + 24] = 10;
        jar[header + 25] = 0;
    }

    private static int lastHeader(byte[] jar) {
        for (int i = jar.length - 46; ; i--) {
            if (jar[i] == 'P' && jar[i + 1] == 'K' && jar[i + 2] == 1 && jar[i + 3] == 2) {
                return i;
            }
        }
    }

    private List<String> messages(byte[] jar) throws IOException {
        Inspection result = inspect(jar);
        assertThat(result).isInstanceOf(Inspection.Refused.class);
        return ((Inspection.Refused) result)
                .problems().stream().map(Problem::message).toList();
    }

    private Inspection inspect(byte[] jar) throws IOException {
        return intake.inspect(Files.write(folder.resolve("x.jar"), jar), DIGEST, "x.jar");
    }
}
