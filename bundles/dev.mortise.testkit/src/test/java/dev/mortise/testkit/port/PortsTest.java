// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void keepsTokensUntilTheyAreRevoked() {
        MapTokenStore store = new MapTokenStore();
        store.add(token("1", 10));
        store.add(token("2", 20));

        assertThat(store.all()).extracting(StoredToken::id).containsExactly("2", "1");
        assertThat(store.byHash("hash-1")).map(StoredToken::id).contains("1");
        assertThat(store.revoke("1")).isTrue();
        assertThat(store.revoke("1")).isFalse();
        assertThat(store.byHash("hash-1")).isEmpty();
        assertThatThrownBy(() -> store.add(token("2", 30))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void findsTenantsByIdAndSlug() {
        MapTenantDirectory tenants = new MapTenantDirectory()
                .add(new Tenant(new TenantId("t-1"), "acme", "Acme", false))
                .suspended("zeta");

        assertThat(tenants.find("default")).isPresent();
        assertThat(tenants.find("t-1")).isEqualTo(tenants.find("acme")).isPresent();
        assertThat(tenants.find("nobody")).isEmpty();
        assertThat(tenants.all()).extracting(Tenant::slug).containsExactly("acme", "default", "zeta");
    }

    private static StoredToken token(String id, long second) {
        return new StoredToken(
                id,
                "hash-" + id,
                "admin",
                Optional.empty(),
                Optional.empty(),
                Instant.ofEpochSecond(second),
                Optional.empty());
    }
}
