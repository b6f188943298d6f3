// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.worker.given.Given;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant is connected by OAuth 2.0, and its tokens do not last. */
final class CredentialNewsTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Given given = new Given(
            new Given.State("c-1", List.of(SignedToken.KEY), Optional.empty(), Map.of("acme", token("first"))));
    private Worker worker;

    private static TenantPart token(String text) {
        return new TenantPart(Map.of(), Optional.of(new Auth("oauth", Map.of("accessToken", text))));
    }

    @BeforeEach
    void start() throws Exception {
        worker = new ListeningPlugin(heard).run(given, Startup.listen("127.0.0.1", 0));
    }

    @AfterEach
    void end() {
        worker.close();
    }

    @Test
    void aRenewalIsNoNewsToThePlugin() {
        gives(token("second"));
        worker.changed(Set.of());

        assertThat(heard).containsExactly("start acme");
        assertThat(given.tenant("acme")).contains(token("second"));
    }

    @Test
    void anotherConnectionIsToldThoughItsTokenCameBeforeTheNews() {
        gives(token("second"));
        worker.changed(Set.of());
        worker.changed(Set.of("acme"));

        assertThat(heard).containsExactly("start acme", "connected acme");
    }

    @Test
    void credentialsThatWereTakenBackAreToldAsAChange() {
        gives(new TenantPart(Map.of(), Optional.empty()));
        worker.changed(Set.of());

        assertThat(heard).containsExactly("start acme", "configUpdated acme");
    }

    private void gives(TenantPart part) {
        given.change(before ->
                new Given.State(before.credential(), before.hopKeys(), before.database(), Map.of("acme", part)));
    }
}
