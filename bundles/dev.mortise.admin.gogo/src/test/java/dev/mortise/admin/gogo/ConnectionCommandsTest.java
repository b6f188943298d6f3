// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Connections;
import dev.mortise.testkit.admin.NotedConfigurations;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConnectionCommandsTest {
    private final Shell shell = new Shell();
    private final NotedConfigurations configurations = new NotedConfigurations();
    private String ordered = "";

    @BeforeEach
    void hostIsThere() {
        shell.connections.bindConfigurations(configurations);
        shell.connections.bindConnections(new Noted());
    }

    @Test
    void saysWhereAPersonAllowsIt() {
        assertThat(shell.type("connection begin acme crm --method oauth")).isEqualTo("""
                Open this address until 2026-11-21T12:10:00Z and allow the access:
                https://login.example/authorize?state=s
                Then run 'connection complete' with the address that the browser was sent back to, in quotes.""");
        assertThat(ordered).isEqualTo("begin acme crm oauth - shell");
    }

    @Test
    void readsTheAddressThatTheBrowserWasSentBackTo() {
        assertThat(shell.type("connection complete acme crm 'https://here/back?code=a%2Fb&state=s#top'"))
                .contains("FIELD");
        assertThat(ordered).isEqualTo("complete acme crm s a/b - shell");

        shell.type("connection complete acme crm 'error=access_denied&state=s'");
        assertThat(ordered).isEqualTo("complete acme crm s - access_denied shell");
    }

    @Test
    void givesBackAndValidates() {
        assertThat(shell.type("connection remove acme crm")).isEqualTo("They are gone.");
        assertThat(shell.type("connection validate acme crm")).isEqualTo("The credentials are not good. They are old.");
    }

    private final class Noted implements Connections {
        @Override
        public Begun begin(
                String tenant, String plugin, Optional<String> methodId, Optional<String> redirect, String caller) {
            ordered = String.join(" ", "begin", tenant, plugin, methodId.orElse("-"), redirect.orElse("-"), caller);
            return new Begun(
                    "https://login.example/authorize?state=s",
                    "https://here/back",
                    Instant.parse("2026-11-21T12:10:00Z"));
        }

        @Override
        public Configuration complete(String tenant, String plugin, Returned returned, String caller) {
            ordered = String.join(
                    " ",
                    "complete",
                    tenant,
                    plugin,
                    returned.state(),
                    returned.code().orElse("-"),
                    returned.error().orElse("-"),
                    caller);
            return configurations.find(tenant, plugin);
        }

        @Override
        public Ended disconnect(String tenant, String plugin) {
            return new Ended(true, "They are gone.");
        }
    }
}
