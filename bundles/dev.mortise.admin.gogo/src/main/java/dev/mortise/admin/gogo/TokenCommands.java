// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.admin.gogo.Usage.Words;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.admin.Tokens.NewToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The commands {@code token create}, {@code token list} and {@code token revoke}. */
@Component(
        service = TokenCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=token"})
public final class TokenCommands {
    private static final Usage CREATE = Usage.of(
            "token create <kind> [--plugin <id>] [--tenant <tenant>] [--expires <seconds>]",
            "makes a token of kind admin, plugin or remote, and shows it once");
    private static final Usage LIST = Usage.of("token list", "lists the tokens that are not revoked");
    private static final Usage REVOKE = Usage.of("token revoke <id>", "revokes a token at once");
    static final List<Usage> USAGES = List.of(CREATE, LIST, REVOKE);

    private final Slot<Tokens> tokens = new Slot<>("tokens");
    private final Verbs verbs = new Verbs()
            .with(CREATE, this::create)
            .with(LIST, none -> tokens.ask(all -> new TokenList(all.list())))
            .with(REVOKE, given -> tokens.ask(all -> revoke(all, given.at(0))));

    /** Makes the command; it answers in words until security is there. */
    @Activate
    public TokenCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTokens(Tokens service) {
        tokens.put(service);
    }

    void unbindTokens(Tokens service) {
        tokens.remove(service);
    }

    /** Makes, lists or revokes tokens. */
    public Object token(String[] words) {
        return verbs.run(words);
    }

    private Object create(Words given) {
        String expires = given.option("--expires").orElse("");
        if (!expires.matches("|[1-9][0-9]{0,9}")) {
            return new Sentence("A token expires after a number of seconds, not after '" + expires + "'.");
        }
        return tokens.ask(all -> create(
                all,
                new NewToken(
                        given.at(0),
                        given.option("--plugin"),
                        given.option("--tenant"),
                        Optional.of(expires)
                                .filter(text -> !text.isEmpty())
                                .map(text -> Duration.ofSeconds(Long.parseLong(text))))));
    }

    private static Object create(Tokens tokens, NewToken order) {
        Tokens.Created created = tokens.create(order);
        return created instanceof Tokens.Created.Refused refused ? new Sentence(refused.message()) : created;
    }

    private static Object revoke(Tokens tokens, String id) {
        return new Sentence(
                tokens.revoke(id)
                        ? "Token " + id + " is revoked."
                        : "There is no token '" + id + "'. 'token list' lists those there are.");
    }
}
