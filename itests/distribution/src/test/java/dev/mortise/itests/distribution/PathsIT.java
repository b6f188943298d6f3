// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path below one plugin never leads to another one, however its way there is written. */
final class PathsIT {
    private static final Product PRODUCT = Product.find();
    private static final String A = "/api/v1/p/mirror-a";
    private static final List<String> SLASHES =
            List.of("/", "%2f", "%2F", "%5c", "\\", "//", "%252f", "/./", "%c0%af", ";/", "/%2e/");
    private static final List<String> DOTS = List.of(
            "..",
            "%2e%2e",
            "%2E%2e",
            ".%2e",
            "%2e.",
            "%252e%252e",
            "..;",
            "..;x=1",
            "..%00",
            "%c0%ae%c0%ae",
            "%e0%80%ae%e0%80%ae",
            "%uff0e%uff0e",
            "..%20",
            "..%09",
            "....");
    private static final List<String> OTHERS = List.of(
            A + "/../mirror-b/hit#",
            A + "/;jsessionid=1/../mirror-b/hit",
            A + "/hit;jsessionid=1",
            A + "/%00/../mirror-b/hit",
            A + "%00/../mirror-b/hit",
            A + "/%ff/../mirror-b/hit",
            A + "/../../p/mirror-b/hit",
            A + "/..//mirror-b/hit",
            "/api/v1/p/./mirror-b/../mirror-b/hit",
            "/api/v1/p//mirror-b/hit",
            "/api/v1/p/%6dirror-b/%2e/hit",
            "/api/v1/p/mirror-b%2fhit",
            "/api/v1/p/mirror-b%252fhit",
            "/api/v1/p/mirror-b/%68it%00",
            "/api/v1/p/mirror-b;x/hit",
            "/api/v1/p/MIRROR-B/hit",
            "/api/v1/P/mirror-b/hit",
            "//api/v1/p/mirror-b/hit",
            "/.//api/v1/p/mirror-b/hit",
            "/api/v1/p/mirror-b/hit/",
            "/api/v1/p/mirror-b/hit/.",
            "/api/v1/p/mirror-b/hit/..",
            "/api/v1/p/mirror-b//hit",
            "/api/v1/p/mirror-b/./hit",
            "/api/v1/p/mirror-b\\hit",
            "/api/v1/p/mirror-b/hit\u00a0",
            "/api/v1/p/mirror-b/hit%",
            "/api/v1/p/mirror-b/hit%2",
            "/api/v1/p/mirror-b/hit%zz",
            "/api/v1/p/mirror-b/hit#x",
            "\\api\\v1\\p\\mirror-b\\hit",
            "/api/v1/p/mirror-a/@mirror-b/hit",
            "http://other/api/v1/p/mirror-b/hit",
            "api/v1/p/mirror-b/hit",
            "*",
            "?/api/v1/p/mirror-b/hit");

    @AutoClose
    private static Container container;

    private static Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        client = container.client();
        Operator operator = Operator.of(container);
        operator.install(plugin("mirror-a").jar().withClasses(Mirror.class));
        operator.install(plugin("mirror-b").jar().withClasses(Mirror.class));
    }

    @Test
    void noPathBelowOnePluginLeadsToAnother() throws Exception {
        assertThat(client.get("/api/v1/p/mirror-b/hit").body()).isEqualTo("hit");
        assertThat(hits()).isEqualTo("1");

        Set<String> corpus = corpus();
        assertThat(corpus).hasSizeGreaterThanOrEqualTo(200);
        for (String target : corpus) {
            int status = ask(target);
            if (target.startsWith(A)) {
                // A segment that only looks like dots may be a parameter of the plugin itself.
                assertThat(status).as(target).isIn(200, 400, 404);
            } else {
                assertThat(status).as(target).isBetween(400, 499);
            }
        }
        assertThat(hits()).isEqualTo("1");
    }

    private static Set<String> corpus() {
        Set<String> corpus = new LinkedHashSet<>(OTHERS);
        for (String dots : DOTS) {
            for (String slash : SLASHES) {
                corpus.add(A + slash + dots + slash + "mirror-b/hit");
            }
            corpus.add(A + "/" + dots + "%2fmirror-b%2fhit");
        }
        return corpus;
    }

    private static int ask(String target) throws Exception {
        try (RawConnection connection = RawConnection.to(client)) {
            return connection.send(RawConnection.get(client, target)).read().status();
        }
    }

    private static String hits() {
        return client.get("/api/v1/p/mirror-b/hits").body();
    }
}
