// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.ConfigurationOrders;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenRequests;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first tokens of a connection, which came for a code that nobody takes again.
 *
 * @param now the target whenever it is asked for: the tenant may go before the tokens come
 * @param begun how the tenant gave credentials when they were asked for
 */
record NewTokens(
        Target target,
        Supplier<Target> now,
        Grants grants,
        TokenRequests by,
        TokenClient client,
        Optional<AuthState> begun) {
    private static final Logger LOG = LoggerFactory.getLogger(NewTokens.class);

    /**
     * Keeps them in place of all others.
     *
     * @throws MortiseException CONFLICT when nobody wants them any more, NOT_FOUND when the tenant is gone
     */
    void keep(ConfigurationOrders configurations, Granted granted) {
        String method = by.method().id();
        try {
            twice(() -> {
                configurations.connect(now.get(), method, begun);
                return true;
            });
            if (!twice(() -> put(granted))) {
                throw ConfigurationOrders.overtaken(now.get());
            }
        } catch (MortiseException refusal) {
            if (surely(refusal)) {
                giveBack(granted);
            }
            throw refusal;
        }
    }

    private boolean put(Granted granted) {
        return grants.store()
                .put(
                        grants.place(),
                        by.method().id(),
                        grants.seal(
                                granted, by.method().scopes(), client.limits().refreshBefore()));
    }

    private boolean twice(Supplier<Boolean> write) {
        try {
            return OnceMore.write(write);
        } catch (MortiseException fault) {
            if (surely(fault)) {
                throw fault;
            }
            throw new MortiseException(
                    fault.code(),
                    "It is not known whether plugin '%s' of tenant '%s' was connected. %s Look whether it is, and begin again if not."
                            .formatted(target.plugin(), target.tenant().slug(), fault.getMessage()),
                    fault);
        }
    }

    /** Tells whether they are not kept; after a fault they may be, and to give them back would end what is in use. */
    private static boolean surely(MortiseException refusal) {
        return !refusal.code().equals(ErrorCode.SERVICE_UNAVAILABLE)
                && !refusal.code().equals(ErrorCode.INTERNAL);
    }

    private void giveBack(Granted granted) {
        try {
            if (others()) {
                // many servers take the end of one for the end of all that this client has of this user
                LOG.info("{}: new tokens are not kept, because others are there", grants.who());
                return;
            }
            client.giveBack(by, granted).ifPresent(this::left);
        } catch (MortiseException e) {
            left(String.valueOf(e.getMessage()));
        }
    }

    private boolean others() {
        String method = by.method().id();
        return grants.stored()
                        .read(grants.tenant())
                        .filter(auth -> auth.methodId().equals(method))
                        .isPresent()
                && grants.read(by.method()).isPresent();
    }

    private void left(String why) {
        LOG.warn("{}: tokens that nobody keeps were not given back: {}", grants.who(), why);
    }
}
