// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.ConfigurationOrders;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenRequests;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first tokens of a connection, which came for a code that nobody takes again. */
record NewTokens(Target target, Grants grants, TokenRequests by, TokenClient client) {
    private static final Logger LOG = LoggerFactory.getLogger(NewTokens.class);

    /**
     * Keeps them in place of all others.
     *
     * @throws MortiseException CONFLICT when nobody wants them any more
     */
    void keep(ConfigurationOrders configurations, Granted granted) {
        String method = by.method().id();
        twice(() -> {
            configurations.connect(target, method);
            return true;
        });
        boolean kept = twice(() -> grants.store()
                .put(
                        grants.place(),
                        method,
                        grants.seal(
                                granted, by.method().scopes(), client.limits().refreshBefore())));
        if (!kept) {
            client.giveBack(by, granted)
                    .ifPresent(
                            why -> LOG.warn("{}: tokens that nobody keeps were not given back: {}", grants.who(), why));
            throw new MortiseException(
                    ErrorCode.CONFLICT,
                    "Plugin " + named()
                            + " was disconnected, or got other credentials, while it was being connected. Begin again.");
        }
    }

    /** The database may have done it and be cut off before it said so; done twice, it is as done once. */
    private boolean twice(Supplier<Boolean> write) {
        try {
            return write.get();
        } catch (MortiseException first) {
            if (!first.code().equals(ErrorCode.SERVICE_UNAVAILABLE)) {
                throw first;
            }
        }
        try {
            return write.get();
        } catch (MortiseException second) {
            // they are not given back: should they be kept after all, that would end what is in use
            throw new MortiseException(
                    second.code(),
                    "It is not known whether plugin %s was connected. %s Look whether it is, and begin again if not."
                            .formatted(named(), second.getMessage()),
                    second);
        }
    }

    private String named() {
        return "'%s' of tenant '%s'".formatted(target.plugin(), target.tenant().slug());
    }
}
