// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServiceCommandsTest {
    private final Shell shell = new Shell();

    @Test
    void listsServices() {
        shell.services.bindServices(new FakeServices());

        assertThat(shell.type("services")).isEqualTo("""
                SERVICE             VERSION  PLUGIN           LOCATION  STATUS
                inventory.products  1.0.0    inventory 1.2.0  bundle    HEALTHY""");
    }

    @Test
    void listsInstancesElsewhereWithTheirPlace() {
        shell.services.bindServices(new FakeServices(FakeServices.remote("s2", "DEGRADED", Optional.of("acme"))));

        assertThat(shell.type("services")).isEqualTo("""
                SERVICE             VERSION  PLUGIN           LOCATION  STATUS    NODE  TENANT  SEEN  ADDRESS
                inventory.products  1.0.0    inventory 1.2.0  bundle    HEALTHY   n1            4s
                inventory.products  1.1.0    inventory 1.3.0  remote    DEGRADED  n2    acme    1m    http://10.0.0.7:9000""");
    }

    @Test
    void showsOneServiceWithItsEndpoints() {
        shell.services.bindServices(new FakeServices());

        assertThat(shell.type("service inventory.products")).isEqualTo("""
                inventory.products 1.0.0 is HEALTHY
                Instance:    s1
                Plugin:      inventory 1.2.0
                Location:    bundle on node n1
                Path:        /api/v1/s/inventory.products
                Last seen:   4s ago
                Endpoints:
                  GET /products  plugin.inventory.products.read
                Metadata:
                  rateLimit = 100""");
        assertThat(shell.type("service other.things"))
                .isEqualTo("No plugin offers a service 'other.things'. 'services' lists those there are.");
    }

    @Test
    void showsInstancesThatDoNotServeToo() {
        shell.services.bindServices(new FakeServices(
                FakeServices.remote("s2", "UNAVAILABLE", Optional.of("acme")),
                FakeServices.remote("s3", "HEALTHY", Optional.empty())));

        String text = shell.type("service inventory.products");

        assertThat(text).endsWith("""
                inventory.products 1.1.0 is UNAVAILABLE
                Instance:    s2
                Plugin:      inventory 1.3.0
                Location:    remote on node n2
                Address:     http://10.0.0.7:9000
                Path:        /api/v1/s/inventory.products
                Tenant:      acme
                Last seen:   1m ago
                Endpoints:
                  GET /products  plugin.inventory.products.read""");
        assertThat(text).containsOnlyOnce("s1").containsOnlyOnce("s2").containsOnlyOnce("s3");
    }
}
