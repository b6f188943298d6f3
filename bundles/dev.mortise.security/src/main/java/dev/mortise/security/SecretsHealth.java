// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.SecretKeyNames;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows whether the file of keys belongs to the database. */
@Component(immediate = true)
public final class SecretsHealth implements HealthSource {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsHealth.class);

    private final KeyFileCheck check;
    private final SecretKeyNames names;

    /** Whoever starts with a wrong file is told at once. */
    @Activate
    public SecretsHealth(@Reference FileSecrets secrets, @Reference SecretKeyNames names) {
        this(secrets.check(), names);
    }

    SecretsHealth(KeyFileCheck check, SecretKeyNames names) {
        this.check = check;
        this.names = names;
        check.use(names);
        Line now = check();
        if (now.status() != Status.UP) {
            LOG.error("{}", now.message());
        }
    }

    /** The database goes. */
    @Deactivate
    void stop() {
        check.leave(names);
    }

    @Override
    public Line check() {
        try {
            return check.wrong()
                    .map(wrong -> line(wrong.foreign() ? Status.DOWN : Status.DEGRADED, wrong.sentence()))
                    .orElseGet(() -> line(Status.UP, ""));
        } catch (MortiseException unreadable) {
            return line(Status.DOWN, unreadable.getMessage());
        }
    }

    private static Line line(Status status, @Nullable String message) {
        return new Line("secrets", status, message == null ? "" : message);
    }
}
