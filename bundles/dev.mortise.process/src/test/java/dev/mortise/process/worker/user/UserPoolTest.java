// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserPoolTest {
    private static final UserRange RANGE = new UserRange(64_740, 64_742);

    @TempDir
    Path proc;

    private final List<HeldUser> held = new ArrayList<>();
    private UserPool pool;

    @BeforeEach
    void open() {
        pool = new UserPool(new UserProcesses(proc));
    }

    @AfterEach
    void giveBack() {
        held.forEach(HeldUser::close);
    }

    private HeldUser take(UserPool from) throws NoUser {
        HeldUser taken = from.take("a", "shop", RANGE);
        held.add(taken);
        return taken;
    }

    private void process(String pid, String status, String command) throws IOException {
        Path process = Files.createDirectories(proc.resolve(pid));
        Files.writeString(process.resolve("status"), status);
        Files.writeString(process.resolve("cmdline"), command);
    }

    @Test
    void givesEachUserOnceAmongAllContainersOfTheHost() throws Exception {
        UserPool other = new UserPool(new UserProcesses(proc));
        Set<Integer> given = new HashSet<>();
        given.add(take(pool).number());
        given.add(take(other).number());
        HeldUser last = take(pool);
        given.add(last.number());

        assertThat(given).containsExactlyInAnyOrder(64_740, 64_741, 64_742);
        assertThatThrownBy(() -> other.take("a", "shop", RANGE))
                .isInstanceOf(NoUser.class)
                .hasMessage("No free user in 64740-64742 for plugin 'shop'. 1 of 3 are given to processes of this"
                        + " container, the others are in use elsewhere on this machine. Widen workers.uids.");
        last.close();
        last.close();
        assertThat(pool.size()).isOne();
        take(other);
        assertThat(other.size()).isEqualTo(2);
    }

    @Test
    void givesTheSameProcessTheSameUser() throws Exception {
        HeldUser first = pool.take("b", "shop", RANGE);
        int number = first.number();
        first.close();

        try (HeldUser again = pool.take("b", "shop", RANGE)) {
            assertThat(again.number()).isEqualTo(number);
        }
    }

    @Test
    void leavesOutAUserThatSomebodyIs() throws Exception {
        UserRange one = new UserRange(64_743, 64_743);
        process("7", "Name:\tsleep\nState:\tS (sleeping)\nUid:\t0\t64743\t0\t0\n", "sleep\0001\0");
        assertThatThrownBy(() -> pool.take("c", "shop", one)).isInstanceOf(NoUser.class);
        assertThat(pool.size()).isZero();

        process("7", "Name:\tsleep\nState:\tZ (zombie)\nUid:\t64743\t64743\t64743\t64743\n", "");
        pool.take("c", "shop", one).close();

        process("8", "State:\tS\nUid:\t0\t0\t0\t0\n", "sh\0/h/run/mortise-guard\0/h/run/1\0005\00064743\0node\0w.js\0");
        assertThatThrownBy(() -> pool.take("c", "shop", one)).isInstanceOf(NoUser.class);
    }

    @Test
    void takesNobodyForGoneWhoCannotBeRead() throws Exception {
        UserRange one = new UserRange(64_743, 64_743);
        Files.createDirectories(proc.resolve("9/status"));
        assertThatThrownBy(() -> pool.take("d", "shop", one)).isInstanceOf(NoUser.class);

        Files.delete(proc.resolve("9/status"));
        Files.delete(proc.resolve("9"));
        pool.take("d", "shop", one).close();
    }
}
