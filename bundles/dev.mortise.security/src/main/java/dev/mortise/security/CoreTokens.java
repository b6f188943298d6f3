// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Authentication;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TokenStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core's tokens. It exists only after there is an admin token, and with it all access control. */
@Component(
        service = {Tokens.class, CoreTokens.class},
        immediate = true,
        configurationPid = SecurityConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class CoreTokens implements Tokens {
    private static final Logger AUDIT = LoggerFactory.getLogger("dev.mortise.security.audit");

    private final TokenStore store;
    private final TokenIssuer issuer;
    private final TokenCache cache;
    private final TokenJudge judge;

    /** Made by DS. */
    @Activate
    public CoreTokens(@Reference TokenStore store, @Reference TenantDirectory tenants, SecurityConfig config) {
        this(store, tenants, home(config), store.clock());
        modified(config);
    }

    CoreTokens(TokenStore store, TenantDirectory tenants, Path home, Clock clock) {
        this.store = store;
        this.issuer = new TokenIssuer(store, tenants, clock);
        this.cache = new TokenCache(Duration.ZERO, System::nanoTime);
        this.judge = new TokenJudge(store, cache, tenants, clock);
        new FirstAdminToken(store, issuer, new AdminTokenFile(home), clock).ensure();
    }

    @Modified
    void modified(SecurityConfig config) {
        cache.keep(Duration.ofMillis(config.token_cache_ms()));
    }

    Authentication judge(TokenText text) {
        return judge.judge(text);
    }

    @Override
    public Created create(NewToken order) {
        Created created = issuer.create(order);
        if (created instanceof Created.Made made) {
            Token token = made.token();
            AUDIT.info(
                    "token={} kind={} plugin={} tenant={} expires={} created by={}",
                    token.id(),
                    token.kind(),
                    token.plugin().orElse("-"),
                    token.tenant().orElse("-"),
                    token.expiresAt().map(Object::toString).orElse("never"),
                    actor());
        }
        return created;
    }

    @Override
    public List<Token> list() {
        return store.all().stream().map(TokenIssuer::shown).toList();
    }

    @Override
    public boolean revoke(String id) {
        boolean revoked = store.revoke(id);
        cache.forget(id);
        if (revoked) {
            AUDIT.info("token={} revoked by={}", id, actor());
        }
        return revoked;
    }

    private static Path home(SecurityConfig config) {
        return Path.of(Objects.requireNonNull(
                config.mortise_home(), "mortise.home is missing in configuration " + SecurityConfig.PID));
    }

    /** Only the shell on this machine's console acts outside any call. */
    private static String actor() {
        return BoundContext.find().map(call -> call.identity().id()).orElse("console");
    }
}
