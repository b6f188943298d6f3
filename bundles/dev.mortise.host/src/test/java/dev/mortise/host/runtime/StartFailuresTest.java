// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.runtime.Container.Started;
import dev.mortise.host.runtime.plugins.Entangled;
import dev.mortise.kernel.model.Problem;
import dev.mortise.testkit.PluginJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin that does not start is told, in a real framework. */
class StartFailuresTest {
    @TempDir
    Path folder;

    private Container container;

    @BeforeEach
    void open() throws Exception {
        container = new Container(folder, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    @Test
    void namesTheServiceAtTheRootOfAChain() throws Exception {
        Problem problem = problem(
                container.start(plugin("one"), Entangled.Outer.class, Entangled.Middle.class, Entangled.Inner.class));

        assertThat(problem.message())
                .isEqualTo("Component 'a.Inner' of plugin 'one' waits for service 'java.lang.Runnable' (reference"
                        + " 'nobody'), which is not there; components 'a.Middle', 'a.Outer' wait for it.");
        assertThat(problem.remedy()).startsWith("Provide the service in the plugin, ");
    }

    @Test
    void showsACircleAsACircle() throws Exception {
        Problem problem = problem(container.start(plugin("one"), Entangled.Two.class, Entangled.One.class));

        assertThat(problem.message())
                .isEqualTo("Components of plugin 'one' need each other in a circle: a.One -> a.Two -> a.One.");
        assertThat(problem.remedy()).isEqualTo("Make one of these references optional and dynamic.");
    }

    @Test
    void namesTheKindOfServiceThatNobodyOffers() throws Exception {
        Problem problem = problem(container.start(plugin("one"), Entangled.Blue.class, Entangled.WantsRed.class));

        assertThat(problem.message())
                .isEqualTo("Component 'a.WantsRed' of plugin 'one' waits for service 'java.util.function.Supplier'"
                        + " (color=red) (reference 'red'), which is not there.");
    }

    @Test
    void namesTheNearestVersionOfAPackageAndNoServices() throws Exception {
        library("lib.old", "lib;version=1.0.0");
        library("lib.near", "lib;version=3.1.0");

        Problem problem = problem(start("Import-Package", "lib;version=\"[2.9,3)\"", "osgi.service;filter:=\"(a=b)\""));

        assertThat(problem.message())
                .isEqualTo("Plugin 'one' can't be resolved: no bundle exports package lib [2.9.0,3.0.0); there is 3.1.0"
                        + " of lib.near.");
        assertThat(problem.remedy())
                .isEqualTo("Let Import-Package of lib admit 3.1.0, or pack the library into the jar.");
    }

    @Test
    void namesWhatTheExporterOfAPackageLacks() throws Exception {
        library("svc", "svc;version=1.0.0", "deep");

        assertThat(problem(start("Import-Package", "svc", "")).message())
                .isEqualTo("Plugin 'one' can't be resolved: it imports from bundle svc, for which no bundle exports"
                        + " package deep.");
    }

    @Test
    void saysOnWhichWaysAPackageIsSeenTwice() throws Exception {
        library("lib.a", "lib;version=1.0.0");
        library("lib.b", "lib;version=2.0.0");
        library("svc", "svc;version=1.0.0;uses:=\"lib\"", "lib;version=\"[1,2)\"");

        Problem problem = problem(start("Import-Package", "lib;version=\"[2,3)\",svc", ""));

        assertThat(problem.message())
                .isEqualTo("Plugin 'one' can't be resolved: package lib is seen twice: 2.0.0 from lib.b by its own"
                        + " import and 1.0.0 from lib.a through svc of svc.");
        assertThat(problem.remedy())
                .isEqualTo("Change the range of lib in Import-Package so that it admits 1.0.0, or put a bundle into a"
                        + " feature whose svc uses 2.0.0.");
    }

    @Test
    void followsTheWaysBehindTheImports() throws Exception {
        library("lib.a", "lib;version=1.0.0");
        library("lib.b", "lib;version=2.0.0");
        library("deep", "deep;version=1.0.0;uses:=\"lib\"", "lib;version=\"[1,2)\"");
        library("left", "left;uses:=\"deep\"", "deep");

        assertThat(problem(start("Import-Package", "left,lib;version=2", "")).message())
                .contains(
                        "package lib is seen twice: 2.0.0 from lib.b by its own import and 1.0.0 from lib.a through left of"
                                + " left.");
    }

    @Test
    void fetchesBytesThatTheStoreLostOnAThreadOfThePlugin() throws Exception {
        Path jar = folder.resolve("0.jar");
        Path kept = folder.resolve("kept");
        List<String> threads = new CopyOnWriteArrayList<>();
        container.bytes = digest -> {
            threads.add(Thread.currentThread().getName());
            Files.move(kept, jar);
            return true;
        };
        Started one = container.startWithout(plugin("one"), kept);

        one.awaitServing();

        assertThat(threads).containsExactly("mortise-plugin-one-1");
    }

    @Test
    void blamesNoPluginWhoseBytesAreLost() throws Exception {
        container.bytes = digest -> false;

        Problem problem = problem(container.start(plugin("one")));

        assertThat(problem).isInstanceOf(Problem.IntakeProblem.class);
        assertThat(problem.message())
                .isEqualTo(
                        "The bytes of one 1.0.0 (sha256 000000000000…) are neither in data/store nor in the database."
                                + " Deploy it again, or run 'uninstall one'.");
        assertThat(problem.remedy()).isEqualTo("Deploy it again, or run 'uninstall one'.");
    }

    @Test
    void saysWhyBytesCanNotBeFetchedNow() throws Exception {
        container.bytes = digest -> {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is not there.");
        };
        assertThat(problem(container.start(plugin("one"))).message())
                .contains(" can't be fetched now: The database is not there. Deploy it again, ");

        container.bytes = digest -> {
            throw new IOException("disk full");
        };
        assertThat(problem(container.start(plugin("two"))).message())
                .contains(" can't be read: java.io.IOException: disk full. Deploy it again, ");
    }

    private Started start(String header, String value, String required) {
        PluginJar jar = plugin("one").jar().withHeader(header, value);
        return container.start(
                plugin("one"),
                required.isEmpty() ? jar : jar.withHeader("Require-Capability", required + ";effective:=active"));
    }

    private void library(String name, String exports, String... imports) throws Exception {
        PluginJar jar = PluginJar.bundle(name).withHeader("Export-Package", exports);
        if (imports.length > 0) {
            jar.withHeader("Import-Package", String.join(",", imports));
        }
        container.context.installBundle(name, new ByteArrayInputStream(jar.bytes()));
    }

    private static Problem problem(Started started) throws InterruptedException {
        RunReport report = started.next();
        assertThat(report).isInstanceOf(RunReport.Failed.class);
        return ((RunReport.Failed) report).problem();
    }
}
