// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.SecretKeyNames;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a file of keys that belongs to another database: one of its keys must be known there, unless none is. A key that
 * another node made is so beside one that was known before.
 */
final class KeyFileCheck {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFileCheck.class);

    private final SecretKeyFile keys;
    private volatile Optional<SecretKeyNames> names = Optional.empty();
    private volatile Set<String> known = Set.of();
    private volatile String remembered = "";

    KeyFileCheck(SecretKeyFile keys) {
        this.keys = keys;
    }

    /** Begins with what the database knows now; while it does not answer, with what was known before. */
    void use(SecretKeyNames service) {
        remembered = "";
        names = Optional.of(service);
        look();
    }

    void leave(SecretKeyNames service) {
        names = names.filter(present -> present != service);
    }

    /**
     * Answers the key to seal with, when the database knows it by now.
     *
     * @throws MortiseException INTERNAL when the file is another's, SERVICE_UNAVAILABLE when the database does not answer
     */
    SecretKey current() {
        SecretKey key = keys.current();
        if (!remembered.equals(key.id())) {
            require();
            names.ifPresent(database -> database.remember(key.id()));
            remembered = key.id();
        }
        return key;
    }

    /** Reads the database and throws as {@link #current()} does. */
    void require() {
        known = names.map(SecretKeyNames::known).orElse(known);
        if (!mine()) {
            throw new MortiseException(ErrorCode.INTERNAL, sentence());
        }
    }

    /** Lets the database know none of the keys that are lost; answers whether they are, because the file has none of them. */
    boolean forget() {
        SecretKeyNames database = names.orElseThrow(
                () -> new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is not there. Try again."));
        known = database.known();
        if (mine()) {
            return false;
        }
        database.forget(known);
        known = Set.of();
        remembered = "";
        return true;
    }

    /** Answers what is wrong with the file; asks the database again only where that stands against what was known of it. */
    Optional<String> wrong() {
        if (!mine()) {
            // keys come to be known after the last look: by the first secret after a rotation, here or on another node
            look();
        }
        return mine() ? Optional.empty() : Optional.of(sentence());
    }

    private void look() {
        try {
            known = names.map(SecretKeyNames::known).orElse(known);
        } catch (MortiseException away) {
            LOG.debug("the names of keys are not read now: {}", away.getMessage());
        }
    }

    private boolean mine() {
        Set<String> before = known;
        return before.isEmpty() || keys.names().stream().anyMatch(before::contains);
    }

    private String sentence() {
        return keys + " is missing, or is not the file that secrets of this database were sealed with, so"
                + " they do not open and none is sealed. Copy the file from the home that this database was used"
                + " with. If it is lost, say 'secrets forget' in the shell, and set all secrets anew.";
    }
}
