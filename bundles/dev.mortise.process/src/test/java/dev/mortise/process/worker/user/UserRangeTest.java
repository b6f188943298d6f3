// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserRangeTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatAnOperatorMaySay() {
        assertThat(UserChoice.parse("k", "auto")).isEqualTo(new UserChoice.Auto());
        assertThat(UserChoice.parse("k", " none ")).isEqualTo(new UserChoice.Own());
        assertThat(UserChoice.parse("k", "2000 - 2009")).isEqualTo(new UserChoice.Numbers(new UserRange(2000, 2009)));
        assertThat(new UserRange(2000, 2009).size()).isEqualTo(10);
    }

    @Test
    void refusesWhatIsNoRangeAndAccountsOfTheSystem() {
        for (String text : List.of("", "2000", "ann", "2000-1", "0-10", "100-200", "2000-99999999")) {
            assertThatThrownBy(() -> UserChoice.parse("workers.uids", text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> UserChoice.parse("workers.uids", "ann"))
                .hasMessage(
                        "workers.uids is 'ann', and two numbers of users with a hyphen between them, auto or none are"
                                + " expected.");
    }

    @Test
    void seesAccountsAndGroupsThatHaveANumber() throws Exception {
        Files.writeString(folder.resolve("passwd"), "root:x:0:0::/root:/bin/sh\nann:x:2004:2004::/home/ann:/bin/sh\n");
        Files.writeString(folder.resolve("group"), "root:x:0:\nstaff:x:3004:ann\n");

        assertThat(Accounts.in(new UserRange(2000, 2009), folder)).contains("user 'ann' (2004)");
        assertThat(Accounts.in(new UserRange(3000, 3009), folder)).contains("group 'staff' (3004)");
        assertThat(Accounts.in(new UserRange(4000, 4009), folder)).isEmpty();
    }

    @Test
    void namesTheCapabilitiesThatAreMissing() throws Exception {
        Path docker = Files.writeString(folder.resolve("docker"), "Name:\tjava\nCapEff:\t00000000a80425fb\n");
        Path none = Files.writeString(folder.resolve("none"), "CapEff:\t0000000000000000\n");
        Path some = Files.writeString(folder.resolve("some"), "CapEff:\t00000000000000c0\n");

        assertThat(Capabilities.missing(docker)).isEmpty();
        assertThat(Capabilities.missing(none)).hasSize(7);
        assertThat(Capabilities.missing(some))
                .containsExactly("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_KILL", "CAP_SETPCAP");
        assertThat(Path.of("../../docs/deploy/mortise.service"))
                .content()
                .contains("\nAmbientCapabilities=" + Capabilities.needed() + "\n");
    }
}
