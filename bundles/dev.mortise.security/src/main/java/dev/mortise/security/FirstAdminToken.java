// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.kernel.admin.Tokens.NewToken;
import dev.mortise.kernel.port.TokenStore;
import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the one admin token of a first start. There is no default password, and no start without a way in. */
final class FirstAdminToken {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdminToken.class);

    private final TokenStore store;
    private final TokenIssuer issuer;
    private final AdminTokenFile file;
    private final Clock clock;

    FirstAdminToken(TokenStore store, TokenIssuer issuer, AdminTokenFile file, Clock clock) {
        this.store = store;
        this.issuer = issuer;
        this.file = file;
        this.clock = clock;
    }

    /** Leaves an admin token behind that works, if there was none. */
    void ensure() {
        try {
            if (store.all().stream().anyMatch(this::opens)) {
                explainFile();
            } else {
                make();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The admin token can't be kept in " + file + ".", e);
        }
    }

    /** The file comes first: a crash between the two leaves a text that opens nothing, and the next start makes another. */
    private void make() throws IOException {
        TokenText text = issuer.text(TokenKind.ADMIN);
        file.write(text);
        var order = new NewToken(TokenKind.ADMIN.word(), Optional.empty(), Optional.empty(), Optional.empty());
        var made = issuer.add(text, TokenKind.ADMIN, order);
        LOG.info(
                "token={} kind=admin made at the first start; its text is in {}",
                made.token().id(),
                file);
    }

    private void explainFile() throws IOException {
        Optional<TokenText> kept = file.read();
        if (kept.isEmpty()) {
            LOG.info("{} is not there, but admin tokens are. 'token create admin' in the shell makes another.", file);
        } else if (store.byHash(kept.get().hash()).filter(this::opens).isEmpty()) {
            LOG.warn("The token in {} does not open this container. 'token create admin' makes another.", file);
        }
    }

    private boolean opens(StoredToken token) {
        return token.kind().equals(TokenKind.ADMIN.word())
                && token.expiresAt()
                        .filter(end -> !clock.instant().isBefore(end))
                        .isEmpty();
    }
}
