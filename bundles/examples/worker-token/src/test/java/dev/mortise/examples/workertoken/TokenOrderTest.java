// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenOrderTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Identity ANN =
            Identity.user("ann", TenantId.DEFAULT, Set.of("plugin.reports.generate", "plugin.inventory.products.read"));

    @Test
    void grantsWhatTheCreatorHoldsEachOnce() {
        NewToken wanted = order("ci", "plugin.reports.generate", "plugin.reports.generate")
                .validated(ANN, NOON);

        assertThat(wanted.permissions()).containsExactly("plugin.reports.generate");
        assertThat(wanted.createdBy()).isEqualTo("ann");
    }

    @Test
    void grantsNothingThatTheCreatorDoesNotHold() {
        assertThatThrownBy(() -> order("ci", "plugin.inventory.products.write").validated(ANN, NOON))
                .hasMessageContaining("'plugin.inventory.products.write'")
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "mortise.admin", "", "x", "a.*", "A.b", "a..b", "a.b\n", "a b.c", ".a"})
    void refusesWhatNoTokenCanHoldEvenToAnAdministrator(String permission) {
        Identity admin = Identity.user("admin", TenantId.DEFAULT, Set.of("*"));

        assertThatThrownBy(() -> order("ci", permission).validated(admin, NOON))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
    }

    @Test
    void refusesNoPermissionAtAllInAList() {
        var order = new TokenOrder(Optional.of("ci"), Optional.of(Collections.singletonList(null)), Optional.empty());

        assertThatThrownBy(() -> order.validated(ANN, NOON)).hasMessageContaining("'null' is no permission");
    }

    @Test
    void namesEveryViolationAtOnce() {
        var order = new TokenOrder(Optional.empty(), Optional.of(List.of("*")), Optional.of(NOON));

        assertThatThrownBy(() -> order.validated(ANN, NOON))
                .hasMessageContaining("name is required")
                .hasMessageContaining("'*' is no permission")
                .hasMessageContaining("expiresAt lies in the future");
    }

    @Test
    void refusesMorePermissionsThanAnyoneHandles() {
        String[] many = new String[101];
        Arrays.fill(many, "plugin.reports.generate");

        assertThatThrownBy(() -> order("ci", many).validated(ANN, NOON)).hasMessageContaining("at most 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0000b", "a\nb"})
    void refusesNamesThatNobodyCanRead(String name) {
        assertThatThrownBy(() -> order(name).validated(ANN, NOON)).isInstanceOf(MortiseException.class);
    }

    private static TokenOrder order(String name, String... permissions) {
        return new TokenOrder(Optional.of(name), Optional.of(List.of(permissions)), Optional.empty());
    }
}
