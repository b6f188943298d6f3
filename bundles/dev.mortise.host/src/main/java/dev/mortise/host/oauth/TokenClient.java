// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.AuthorizationServers;
import dev.mortise.kernel.port.AuthorizationServers.Answer;
import dev.mortise.kernel.port.AuthorizationServers.Form;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.rules.oauth.TokenAnswer;
import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenAnswer.Refused;
import dev.mortise.rules.oauth.TokenAnswer.Unclear;
import dev.mortise.rules.oauth.TokenRequests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks authorization servers. What it answers quotes no secret, whatever a server says.
 *
 * @param json reads a JSON text; nothing when it is none
 */
public record TokenClient(
        Supplier<Optional<AuthorizationServers>> servers,
        Function<String, Optional<Object>> json,
        OAuthLimits limits,
        TokenMeters meters) {
    TokenAnswer exchange(TokenRequests client, String code, String redirectUri, String verifier) {
        String form = client.exchange(code, redirectUri, verifier);
        return tokens("exchange", client, form, List.of(client.clientSecret(), code, verifier));
    }

    TokenAnswer refresh(TokenRequests client, String token) {
        return tokens("refresh", client, client.refresh(token), List.of(client.clientSecret(), token));
    }

    private TokenAnswer tokens(String asked, TokenRequests client, String form, List<String> secrets) {
        TokenAnswer answer = ask(client, client.method().endpoints().token(), form);
        meters.came(asked, answer);
        return answer instanceof Refused refused ? refused.without(secrets) : answer;
    }

    private TokenAnswer ask(TokenRequests client, String url, String form) {
        try {
            Answer answer = post(client, url, form);
            return TokenAnswer.judge(
                    answer.status(),
                    json.apply(answer.body()).filter(Map.class::isInstance).map(body -> (Map<?, ?>) body));
        } catch (RemoteFault e) {
            return silence(e);
        }
    }

    /** Gives tokens back that nobody keeps, where the server takes them; answers why that did not work, if it did not. */
    Optional<String> giveBack(TokenRequests client, Granted tokens) {
        Optional<String> url = client.method().endpoints().revocation();
        return url.flatMap(to -> tokens.refresh()
                .map(token -> revoke(client, to, token, "refresh_token"))
                .orElseGet(() -> revoke(client, to, tokens.access(), "access_token")));
    }

    /** Gives a token back; answers why that did not work, if it did not. */
    Optional<String> revoke(TokenRequests client, String url, String token, String kind) {
        try {
            Answer answer = post(client, url, client.revocation(token, kind));
            return answer.status() == 200 ? Optional.empty() : Optional.of("answered " + answer.status());
        } catch (RemoteFault e) {
            return Optional.of(silence(e).why());
        }
    }

    private static Unclear silence(RemoteFault fault) {
        return new Unclear("gave no answer: " + fault.getMessage());
    }

    private Answer post(TokenRequests client, String url, String form) throws RemoteFault {
        return servers.get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "Nobody asks authorization servers here. Run an edition with the feature process."))
                .post(new Form(url, client.fields(), form, limits.deadline(), limits.answerBytes()));
    }
}
