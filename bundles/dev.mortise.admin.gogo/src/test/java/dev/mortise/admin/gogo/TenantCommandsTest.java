// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.testkit.admin.NotedInstallations;
import dev.mortise.testkit.admin.NotedTenants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TenantCommandsTest {
    private final Shell shell = new Shell();
    private final NotedTenants tenants = new NotedTenants();
    private final NotedInstallations installations = new NotedInstallations();

    @BeforeEach
    void hostIsThere() {
        shell.tenants.bindTenants(tenants);
        shell.installations.bindInstallations(installations);
    }

    @Test
    void listsTenants() {
        assertThat(shell.type("tenants")).isEqualTo("""
                ID   SLUG    NAME    STATE
                t-1  acme    Acme    active
                t-2  globex  Globex  suspended""");
    }

    @Test
    void makesATenant() {
        assertThat(shell.type("tenant add new 'New one'")).isEqualTo("Tenant 'new' is active.");
        assertThat(tenants.ordered()).isEqualTo("create new Optional[New one]");
    }

    @Test
    void suspendsActivatesAndDeletes() {
        assertThat(shell.type("tenant suspend acme")).isEqualTo("Tenant 'acme' is suspended.");
        assertThat(shell.type("tenant activate acme")).isEqualTo("Tenant 'acme' is active.");
        assertThat(shell.type("tenant suspend nobody")).isEqualTo("There is no tenant 'nobody'.");
        assertThat(shell.type("tenant delete acme")).isEqualTo("Confirm it.");
        assertThat(shell.type("tenant delete acme --confirm acme")).isEqualTo("Tenant 'acme' is deleting.");
    }

    @Test
    void showsAndChangesThePluginsOfATenant() {
        String crm = """
                PLUGIN  ENABLED  STATE     REVOKED  REASON
                crm     yes      degraded  a.write  It coughs.""";
        assertThat(shell.type("installations acme")).isEqualTo(crm);
        assertThat(shell.type("installations acme crm")).isEqualTo(crm);
        assertThat(shell.type("enable acme crm --providers")).isEqualTo(crm);
        assertThat(shell.type("disable acme crm --force")).isEqualTo(crm);
        assertThat(shell.type("installation stop acme crm")).isEqualTo(crm);
        assertThat(shell.type("installation start acme crm")).isEqualTo(crm);
        assertThat(shell.type("installation restart acme crm")).isEqualTo(crm);
        assertThat(installations.orders()).containsExactly("enable true", "disable true", "stop", "start", "restart");
    }
}
