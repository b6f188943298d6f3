// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import dev.mortise.rules.config.Mask;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an authorization server makes of a request for tokens (RFC 6749, section 5). */
public sealed interface TokenAnswer {
    /**
     * It gave tokens.
     *
     * @param life of the access token, where the server says it
     * @param scopes where the server says them; else they are those that were asked for
     */
    record Granted(String access, Optional<String> refresh, Optional<Duration> life, Optional<List<String>> scopes)
            implements TokenAnswer {
        /** Answers the same with the life that is left of it after some time. */
        public Granted after(Duration time) {
            Optional<Duration> left = life.map(all -> all.compareTo(time) > 0 ? all.minus(time) : Duration.ZERO);
            return new Granted(access, refresh, left, scopes);
        }

        /** Never shows a token. */
        @Override
        public String toString() {
            return "Granted for " + life;
        }
    }

    /**
     * It said no, and will say no again.
     *
     * @param code as RFC 6749, section 5.2, has them
     * @param words what it says about it, as it says it; may quote what it was sent
     */
    record Refused(String code, String words) implements TokenAnswer {
        /** Answers the same, in words that may be shown: without secrets, and not too many. */
        public Refused without(Collection<String> secrets) {
            return new Refused(code, AnswerParts.shown(Mask.over(words, secrets)));
        }

        /** Tells whether the tokens themselves are of no use any more. */
        public boolean lost() {
            return code.equals("invalid_grant");
        }
    }

    /** It said nothing that can be used, and may do so later; goes on after "The authorization server", without a point. */
    record Unclear(String why) implements TokenAnswer {
        public Unclear {
            why = why.endsWith(".") ? why.substring(0, why.length() - 1) : why; // whole sentences are quoted in it
        }
    }

    /** Judges an answer; nothing of the body is where it is no JSON object. */
    static TokenAnswer judge(int status, Optional<Map<?, ?>> body) {
        if (status == 429 || status >= 500) {
            return new Unclear("answered " + status);
        }
        Map<?, ?> members = body.orElse(Map.of());
        Optional<String> error = AnswerParts.text(members, "error").filter(AnswerParts::code);
        if (error.isPresent()) {
            return error.get().equals("temporarily_unavailable") || error.get().equals("server_error")
                    ? new Unclear("answered " + error.get())
                    : new Refused(
                            error.get(),
                            AnswerParts.text(members, "error_description").orElse(""));
        }
        if (status != 200 && status != 201) {
            return new Unclear("answered " + status + " without an error that the standard knows");
        }
        return body.isEmpty() ? new Unclear("answered " + status + ", but no JSON object") : granted(members);
    }

    private static TokenAnswer granted(Map<?, ?> members) {
        Optional<String> access = AnswerParts.text(members, "access_token").filter(AnswerParts::token);
        if (access.isEmpty()) {
            return new Unclear("answered no access_token that can be used");
        }
        if (AnswerParts.text(members, "token_type")
                .filter(type -> !type.equalsIgnoreCase("bearer"))
                .isPresent()) {
            return new Unclear("answered a token_type other than bearer");
        }
        return new Granted(
                access.get(),
                AnswerParts.text(members, "refresh_token").filter(AnswerParts::token),
                AnswerParts.life(members),
                AnswerParts.text(members, "scope").map(AnswerParts::scopes));
    }
}
