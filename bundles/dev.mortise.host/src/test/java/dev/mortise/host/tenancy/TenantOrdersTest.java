// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantStore;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantOrdersTest {
    private final House house = new House(Policy.ALL);
    private final TenantOrders orders = new TenantOrders(house.tenancy, () -> Optional.of(new Store()));

    @Test
    void makesATenantWhoseIdIsItsSlug() {
        assertThat(orders.create("new-one", Optional.of("New one")))
                .isEqualTo(new Tenant(new TenantId("new-one"), "new-one", "New one", State.ACTIVE));
        assertThat(orders.create("plain", Optional.empty()).name()).isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "a b", "-a", "a-", "a--b", "ä", "a/b", "..", "a\u0000"})
    void takesNoOtherSlug(String slug) {
        refused(
                ErrorCode.VALIDATION_FAILED,
                "A slug is 1 to 63 small letters and digits, with single hyphens between them, not '" + slug + "'.",
                () -> orders.create(slug, Optional.empty()));
    }

    @Test
    void takesNoNameWithHalfOfACharacter() {
        refused(
                ErrorCode.VALIDATION_FAILED,
                "A tenant's name has half of a surrogate pair, which is no character.",
                () -> orders.create("acme", Optional.of("A\ud83d")));
    }

    @Test
    void takesNoNameThatForgesLines() {
        refused(
                ErrorCode.VALIDATION_FAILED,
                "A tenant's name has 1 to 200 characters and no control character among them.",
                () -> orders.create("x", Optional.of("a\nb")));
        assertThatThrownBy(() -> orders.create("a".repeat(64), Optional.empty()))
                .hasMessageStartingWith("A slug is");
    }

    @Test
    void takesNoSlugTwice() {
        refused(
                ErrorCode.CONFLICT,
                "There is a tenant 'acme' already. Choose another slug.",
                () -> orders.create("acme", Optional.empty()));
    }

    @Test
    void suspendsAndActivates() {
        assertThat(orders.suspend("acme").state()).isEqualTo(State.SUSPENDED);
        assertThat(orders.activate("acme").state()).isEqualTo(State.ACTIVE);
        refused(ErrorCode.NOT_FOUND, "There is no tenant 'nobody'.", () -> orders.suspend("nobody"));
    }

    @Test
    void saysWhatGoesBeforeItDeletes() {
        String sentence = "With tenant 'acme' go: 3 rows of p_shop.p_shop__orders, 1 rows of mortise.token."
                + " There is no way back. Confirm it with the slug 'acme'.";
        refused(ErrorCode.CONFLICT, sentence, () -> orders.delete("acme", Optional.empty()));
        refused(ErrorCode.CONFLICT, sentence, () -> orders.delete("acme", Optional.of("ACME")));
        assertThat(orders.find("acme")).map(Tenant::state).contains(State.ACTIVE);

        assertThat(orders.delete("acme", Optional.of("acme")).state()).isEqualTo(State.DELETING);
    }

    @Test
    void saysGoodbyeToATenantThatGoes() {
        NotedHooks hooks = new NotedHooks();
        house.hooks("shop", hooks);
        house.tenancy.enter(
                House.ACME,
                new PluginId("shop"),
                new Digest(House.digest("shop").hex()));

        orders.delete("acme", Optional.of("acme"));

        assertThat(hooks.called).containsExactly("start acme", "disable acme");
    }

    @Test
    void keepsTheTenantThatAlwaysExists() {
        refused(
                ErrorCode.CONFLICT,
                "Tenant 'default' always exists. Suspend it instead.",
                () -> orders.delete("default", Optional.of("default")));
    }

    private static void refused(ErrorCode code, String sentence, ThrowingCallable order) {
        assertThatThrownBy(order)
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(sentence);
    }

    /** Keeps tenants in the directory of the house. */
    private final class Store implements TenantStore {
        @Override
        public boolean add(TenantId id, String slug, String name) {
            boolean free = house.tenants.find(slug).isEmpty();
            if (free) {
                house.tenants.add(new Tenant(id, slug, name, State.ACTIVE));
            }
            return free;
        }

        @Override
        public boolean suspend(TenantId tenant, boolean suspended) {
            return put(tenant, suspended ? State.SUSPENDED : State.ACTIVE);
        }

        @Override
        public List<Holding> holdings(TenantId tenant) {
            return List.of(
                    new Holding(Optional.of("shop"), "p_shop.p_shop__orders", 3),
                    new Holding(Optional.empty(), "mortise.token", 1));
        }

        @Override
        public boolean delete(TenantId tenant) {
            return put(tenant, State.DELETING);
        }

        private boolean put(TenantId tenant, State state) {
            Optional<Tenant> known = house.tenants.find(tenant.value());
            known.ifPresent(one -> house.tenants.add(new Tenant(one.id(), one.slug(), one.name(), state)));
            return known.isPresent();
        }
    }
}
