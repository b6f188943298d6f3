// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.AccessTokens;
import dev.mortise.host.config.StoredCredentials;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Trouble;
import dev.mortise.rules.oauth.Renewal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Hands out access tokens. One that is due is renewed while it is still good, and nobody waits; one that ended is awaited. */
public final class GoodTokens implements AccessTokens {
    /** Between two looks at what another node renews. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Renewals renewals;
    private final Duration patience;

    /** Waits at most so long for a renewal. */
    public GoodTokens(Renewals renewals, OAuthLimits limits) {
        this.renewals = renewals;
        this.patience = limits.patience();
    }

    @Override
    public String accessToken(TenantId tenant, StoredCredentials stored) {
        Grants grants = new Grants(tenant, stored);
        OAuth2 method = grants.method().orElseThrow(() -> none(grants, "is not connected. Connect it."));
        Seen seen = grants.find(method).orElseThrow(() -> none(grants, "is not connected. Connect it."));
        if (Renewal.due(seen)) {
            Future<Void> renewal = renewals.renew(grants, method);
            seen = Renewal.good(seen) ? seen : renewed(grants, method, renewal);
        }
        if (!Renewal.good(seen)) {
            throw none(grants, "has no access token that is good. " + why(seen));
        }
        return opened(grants, method, seen);
    }

    /** Another node may have sealed it anew, and the key that is remembered with it be dropped. */
    private static String opened(Grants grants, OAuth2 method, Seen remembered) {
        try {
            return grants.access(remembered.grant());
        } catch (MortiseException closed) {
            Grant now = grants.read(method).map(Seen::grant).orElseThrow(() -> closed);
            return grants.access(now);
        }
    }

    @Override
    public Listening whenRenewed(PluginId plugin, Consumer<TenantId> listener) {
        return renewals.listen(place -> {
            if (place.plugin().equals(plugin)) {
                listener.accept(place.tenant());
            }
        });
    }

    private Seen renewed(Grants grants, OAuth2 method, Future<Void> first) {
        long end = System.nanoTime() + patience.toNanos();
        Future<Void> renewal = first;
        while (true) {
            boolean inTime = await(renewal, end - System.nanoTime());
            Seen seen = grants.read(method).orElseThrow(() -> none(grants, "was disconnected meanwhile. Connect it."));
            if (!inTime || Renewal.good(seen) || !Renewal.due(seen)) {
                return seen;
            }
            pause();
            renewal = renewals.renew(grants, method);
        }
    }

    /** Answers whether there is time left. */
    private static boolean await(Future<Void> renewal, long nanos) {
        try {
            renewal.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return nanos > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Renewals never fail.", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next wait ends at once
        }
    }

    private static String why(Seen seen) {
        Optional<Trouble> trouble = seen.grant().trouble();
        return trouble.map(known -> known.sentence() + " (" + known.at() + ")")
                .orElse(
                        seen.grant().refresh().isPresent()
                                ? "It could not be renewed in time. Try again."
                                : "It ended at "
                                        + seen.grant()
                                                .expiresAt()
                                                .map(Object::toString)
                                                .orElse("?")
                                        + ", and there is nothing to renew it with. Connect it again.");
    }

    private static MortiseException none(Grants grants, String sentence) {
        return new MortiseException(ErrorCode.PLUGIN_NOT_READY, grants.who() + " " + sentence);
    }
}
