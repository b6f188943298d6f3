// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses that a program may not name as its own: nothing is ever sent there. */
final class RemoteAddressesIT {
    private static final Product PRODUCT = Product.find();
    /** The port of a trap, which listens on all addresses of this machine, stands for the {@code %d}. */
    private static final String[] NEVER = {
        "http://169.254.169.254/",
        "http://169.254.169.254.:%d/",
        "http://[fe80::1]:%d/",
        "http://0.0.0.0:%d/",
        "http://[::]:%d/",
        "http://224.0.0.1:%d/",
        "http://255.255.255.255:%d/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:%d/",
        "ftp://127.0.0.1:%d/",
        "jar:http://127.0.0.1:%d/x.jar!/",
        "http://user@127.0.0.1:%d/",
        "http://127.0.0.1:%d@10.0.0.1/",
        "http://127.0.0.1:%d#@10.0.0.1/",
        "http://10.0.0.1#@127.0.0.1:%d/",
        "http://127.0.0.1:%d/?x=",
        "http://127.0.0.1:%d\\\\@10.0.0.1/",
        "http:127.0.0.1:%d/",
        "//127.0.0.1:%d/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:%d/a b",
        "http:///",
        "127.0.0.1:%d"
    };

    private static final String[] LOOPBACK = {
        "http://127.0.0.1:%d/",
        "http://127.1:%d/",
        "http://2130706433:%d/",
        "http://0x7f.1:%d/",
        "http://0x7f000001:%d/",
        "http://017700000001:%d/",
        "http://127.0.0.1.:%d/",
        "http://[::1]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[::ffff:7f00:1]:%d/",
        "http://[::127.0.0.1]:%d/",
        "http://[64:ff9b::7f00:1]:%d/",
        "http://localhost:%d/",
        "http://LOCALHOST.:%d/"
    };

    @Test
    void loopbackIsRefusedUnlessSomebodyAllowsIt(@TempDir Path folder) throws Exception {
        try (Trap trap = Trap.set();
                Container container =
                        Container.start(PRODUCT, folder.resolve("home")).awaitReady()) {
            Client program = announcer(container);

            refuses(program, trap, NEVER);
            refuses(program, trap, LOOPBACK);

            assertThat(trap.caught()).isZero();
            assertThat(container
                            .admin()
                            .get("/api/v1/services/list?pluginId=stray")
                            .json()
                            .path("count")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void someAreRefusedWhateverIsAllowed(@TempDir Path folder) throws Exception {
        try (Trap trap = Trap.set();
                Container container = RemoteHome.start(PRODUCT, folder.resolve("home"), "")) {
            Client program = announcer(container);

            refuses(program, trap, NEVER);
            refuses(
                    program,
                    trap,
                    container.anonymous().base().toString(),
                    "http://127.0.0.2:" + container.anonymous().base().getPort() + "/",
                    "http://127.1:" + container.anonymous().base().getPort() + "/");

            assertThat(trap.caught()).isZero();
        }
    }

    private static Client announcer(Container container) {
        return RemoteLease.announcer(container, "stray");
    }

    private static void refuses(Client program, Trap trap, String... urls) {
        for (String url : urls) {
            Answer answer = RemoteLease.order(program, """
                    {'baseUrl':'%s','manifest':{'id':'stray','name':'Stray','version':'1.0.0','api':{'services':[
                     {'name':'stray.things','version':'1.0.0','endpoints':[{'method':'GET','path':'/'}]}]}}}""".formatted(url.replace("%d", Integer.toString(trap.port()))));
            assertThat(answer.status()).as("%s: %s", url, answer.body()).isEqualTo(400);
            assertThat(answer.code()).as(url).isEqualTo("VALIDATION_FAILED");
            assertThat(answer.json().path("detail").asText()).as(url).isNotEmpty();
        }
    }
}
