// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static dev.mortise.security.Fixtures.TENANTS;
import static dev.mortise.security.Fixtures.bearer;
import static dev.mortise.security.Fixtures.identity;
import static dev.mortise.security.Fixtures.plugin;
import static dev.mortise.security.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authenticator;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CopyOnWriteContributionsTest {
    private static final Authenticator GOOD = request -> Authentication.authenticated(user());

    private final CopyOnWriteContributions contributions = new CopyOnWriteContributions(Fixtures.limits());
    private final PluginAuthenticators authenticators = new PluginAuthenticators(
            contributions, new IdentityRules(TENANTS, Fixtures.having(new OpenTenantPlugins())));

    @Test
    void putsAVersionInThePlaceOfAnother() {
        put("1.0.0", GOOD);
        put("1.1.0", GOOD);

        assertThat(contributions.current()).extracting(Contribution::plugin).containsExactly(plugin("aa", "1.1.0"));
    }

    @Test
    void leavesTheNewVersionWhenTheOldOneIsRemovedAfterwards() {
        put("1.0.0", GOOD);
        put("1.1.0", GOOD);

        contributions.remove(plugin("aa", "1.0.0"));
        assertThat(contributions.current()).hasSize(1);

        contributions.remove(plugin("aa", "1.1.0"));
        assertThat(contributions.current()).isEmpty();
    }

    @Test
    void keepsNoPlaceForAPluginThatContributesNothing() {
        put("1.0.0", GOOD);

        contributions.put(plugin("aa", "1.1.0"), List.of(), List.of());

        assertThat(contributions.current()).isEmpty();
    }

    @Test
    @Timeout(20)
    void asksNobodyAnyMoreWhenItIsClosed() {
        put("1.0.0", GOOD);

        contributions.close();

        assertThat(authenticators.ask(bearer("x"))).isInstanceOf(Authentication.NoOpinion.class);
    }

    @Test
    void asksTheNewVersionWhenTheOldOneFailsWhileItIsRetired() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch replaced = new CountDownLatch(1);
        put("1.0.0", request -> {
            asked.countDown();
            awaitLatch(replaced);
            throw new IllegalStateException("the pool of the old version is closed");
        });
        CompletableFuture<Authentication> answer =
                CompletableFuture.supplyAsync(() -> authenticators.ask(bearer("abc")));
        asked.await();

        put("1.1.0", GOOD);
        replaced.countDown();

        assertThat(identity(answer.get(60, TimeUnit.SECONDS))).isEqualTo(user());
    }

    @Test
    void refusesNobodyWhileVersionsAreSwitched() {
        put("1.0.0", GOOD);
        CompletableFuture<Void> switching = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 300; i++) {
                put("1.0." + i, GOOD);
            }
        });

        while (!switching.isDone()) {
            assertThat(authenticators.ask(bearer("abc"))).isInstanceOf(Authentication.Authenticated.class);
        }
        switching.join();
    }

    @Test
    void endsTheThreadsOfARetiredVersion() {
        contributions.put(plugin("retired", "1.0.0"), List.of(GOOD), List.of());
        authenticators.ask(bearer("abc"));
        assertThat(threads()).isNotEmpty();

        contributions.remove(plugin("retired", "1.0.0"));

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("auth-retired-"))
                .toList();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(String version, Authenticator authenticator) {
        contributions.put(plugin("aa", version), List.of(authenticator), List.of());
    }
}
