// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.SecretKeyNames;
import java.util.Optional;
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
        wrong().ifPresent(LOG::error);
    }

    /** The database goes. */
    @Deactivate
    void stop() {
        check.leave(names);
    }

    @Override
    public Line check() {
        return line(wrong());
    }

    private Optional<String> wrong() {
        try {
            return check.wrong();
        } catch (MortiseException unreadable) {
            return Optional.ofNullable(unreadable.getMessage());
        }
    }

    private static Line line(Optional<String> wrong) {
        return new Line("secrets", wrong.isPresent() ? Status.DOWN : Status.UP, wrong.orElse(""));
    }
}
