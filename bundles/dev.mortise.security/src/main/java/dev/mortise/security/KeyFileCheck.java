// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.SecretKeyNames;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a file of keys that is another one than secrets of this database were sealed with. It has the names of all keys that
 * the database knows; after a rotation on another node, until the file is copied, the older ones; and in no case none of them.
 */
final class KeyFileCheck {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFileCheck.class);

    /** Whoever seals or opens asks the database at most so often: on another node names come to be known, and go. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private final SecretKeyFile keys;
    private final Duration fresh;
    private volatile long read = System.nanoTime();
    private volatile Optional<SecretKeyNames> names = Optional.empty();
    private volatile Set<String> known = Set.of();
    private volatile String remembered = "";

    /**
     * What is wrong with the file.
     *
     * @param foreign whether it has none of the keys, so that nothing is sealed with it
     */
    record Finding(boolean foreign, String sentence) {}

    KeyFileCheck(SecretKeyFile keys, Duration fresh) {
        this.keys = keys;
        this.fresh = fresh;
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
        if (!remembered.equals(key.id()) || stale()) {
            require();
            if (!known.contains(key.id())) {
                names.ifPresent(database -> database.remember(key.id()));
            }
            remembered = key.id();
        }
        return key;
    }

    /** Reads the database and throws as {@link #current()} does. */
    void require() {
        read();
        finding().filter(Finding::foreign).ifPresent(other -> {
            throw new MortiseException(ErrorCode.INTERNAL, other.sentence());
        });
    }

    /**
     * Lets the database know only the keys that are in the file; answers whether it knew others. Who calls has seen that
     * nothing is sealed with them, or that they are lost.
     */
    boolean forgetMissing() {
        SecretKeyNames database = names.orElseThrow(
                () -> new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is not there. Try again."));
        known = database.known();
        Set<String> missing = missing();
        if (missing.isEmpty()) {
            return false;
        }
        database.forget(missing);
        known = database.known();
        remembered = "";
        return true;
    }

    /** A secret was sealed with a key that is not in the file: the database may know it. */
    void missed(String name) {
        if (!known.contains(name) && stale()) {
            look();
        }
    }

    /** Answers what is wrong with the file; asks the database again only where that stands against what was known of it. */
    Optional<Finding> wrong() {
        if (!missing().isEmpty()) {
            // keys come to be known after the last look, and go: by a rotation, here or on another node
            look();
        }
        return finding();
    }

    private void look() {
        try {
            read();
        } catch (MortiseException away) {
            LOG.debug("the names of keys are not read now: {}", away.getMessage());
        }
    }

    private void read() {
        read = System.nanoTime();
        known = names.map(SecretKeyNames::known).orElse(known);
    }

    private boolean stale() {
        return System.nanoTime() - read >= fresh.toNanos();
    }

    private Set<String> missing() {
        Set<String> here = keys.names();
        return known.stream().filter(name -> !here.contains(name)).collect(Collectors.toSet());
    }

    private Optional<Finding> finding() {
        int before = known.size();
        int missing = missing().size();
        if (missing == 0) {
            return Optional.empty();
        }
        return Optional.of(
                missing == before ? new Finding(true, foreign()) : new Finding(false, older(missing, before)));
    }

    private String foreign() {
        return keys + " is missing, or is not the file that secrets of this database were sealed with, so"
                + " they do not open and none is sealed. Copy the file from the home that this database was used"
                + " with. If it is lost, say 'secrets forget' in the shell, and set all secrets anew.";
    }

    private String older(int missing, int before) {
        return keys + " lacks " + missing + " of the " + before
                + " keys that secrets of this database were sealed with, so some"
                + " may not open. Copy the file from the node where 'secrets rotate' was said. If this file is the newest, say"
                + " 'secrets drop' in the shell; if the keys are lost, 'secrets forget', and set anew what does not open.";
    }
}
