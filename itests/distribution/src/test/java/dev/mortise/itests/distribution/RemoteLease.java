// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import java.util.stream.StreamSupport;

/** A registration, as the program holds it that made it. */
record RemoteLease(Client client, String serviceId, String token, String hopKey, long ttlSeconds) {
    private static final String SERVICES = "/api/v1/services/";

    /** Answers a client with a credential of a plugin that runs elsewhere. */
    static Client announcer(Container container, String plugin) {
        Answer made = container.admin().post("/api/v1/tokens", "{\"kind\":\"remote\",\"plugin\":\"" + plugin + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return container.anonymous().token(made.json().path("token").asText());
    }

    /** Sends a registration; single quotes stand for double ones. */
    static Answer order(Client client, String body) {
        return client.post(SERVICES + "register", body.replace('\'', '"'));
    }

    /** Registers, and answers the lease. */
    static RemoteLease hold(Client client, String body) {
        Answer answer = order(client, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        JsonNode told = answer.json();
        return new RemoteLease(
                client,
                told.path("serviceId").asText(),
                told.at("/lease/token").asText(),
                told.path("hopKey").asText(),
                told.at("/lease/ttlSeconds").asLong());
    }

    Answer heartbeat() {
        return client.post(SERVICES + "heartbeat", claim());
    }

    Answer deregister() {
        return client.send("DELETE", SERVICES + "deregister", claim());
    }

    Answer health(String status) {
        return client.send(
                "PUT",
                SERVICES + serviceId + "/health",
                "{\"status\":\"%s\",\"leaseToken\":\"%s\"}".formatted(status, token));
    }

    /** Answers this lease with another token. */
    RemoteLease with(String otherToken) {
        return new RemoteLease(client, serviceId, otherToken, hopKey, ttlSeconds);
    }

    /** Answers this lease in the hands of another client. */
    RemoteLease by(Client other) {
        return new RemoteLease(other, serviceId, token, hopKey, ttlSeconds);
    }

    /** Answers the instance as the registry lists it, a missing node when it does not. */
    JsonNode listed(Client reader) {
        JsonNode services = reader.get(SERVICES + "list").json().path("services");
        return StreamSupport.stream(services.spliterator(), false)
                .filter(service -> service.path("serviceId").asText().equals(serviceId))
                .findFirst()
                .orElseGet(() -> services.path("none"));
    }

    private String claim() {
        return "{\"serviceId\":\"%s\",\"leaseToken\":\"%s\"}".formatted(serviceId, token);
    }
}
