// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import dev.mortise.itests.harness.plugins.VersionedAnswer;
import dev.mortise.testkit.PluginJar;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.StreamSupport;

/** Sends jars and orders to a container over HTTP and looks at what they came to. */
record Operator(Client admin, Client user) {
    static final String PLUGINS = "/api/v1/plugins";
    static final String DEPLOYMENTS = "/api/v1/deployments";

    private static final String JAR = "application/java-archive";

    static Operator of(Container container) {
        return new Operator(container.admin(), container.client());
    }

    /** Sends a jar and answers its deployment, which is done. */
    JsonNode install(PluginJar jar) {
        return done(upload("?wait=true", jar.bytes()));
    }

    /** Gives an order to a plugin, such as {@code rollback}, and answers its deployment, which is done. */
    JsonNode order(String id, String order) {
        return done(admin.post(PLUGINS + "/" + id + "/" + order + "?wait=true", ""));
    }

    /** Sends bytes as a jar to below the address of plugins: a query, or {@code /plan}. */
    Answer upload(String below, byte[] bytes) {
        return admin.post(PLUGINS + below, JAR, bytes);
    }

    /** Sends a jar as a browser or curl would, and waits. */
    Answer uploadForm(byte[] jar, String name) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes("""
                --edge\r
                Content-Disposition: form-data; name="jar"; filename="%s"\r
                Content-Type: %s\r
                \r
                """.formatted(name, JAR).getBytes(UTF_8));
        form.writeBytes(jar);
        form.writeBytes("\r\n--edge--\r\n".getBytes(UTF_8));
        return admin.post(PLUGINS + "?wait=true", "multipart/form-data; boundary=edge", form.toByteArray());
    }

    /** Answers the deployment that an answer holds. */
    static JsonNode done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).as(answer.body()).isEqualTo("DONE");
        return answer.json();
    }

    /** Waits until a deployment is done. */
    void awaitDone(String location) {
        Wait.until(
                location + " is done",
                () -> admin.get(location).json().path("state").asText().equals("DONE"));
    }

    /** Answers the version that answers calls. */
    String served(String id) {
        Answer answer = user.get(GeneratedPlugin.route(id));
        return VersionedAnswer.version(answer).orElseThrow(() -> new AssertionError(answer.body()));
    }

    /** Answers what the admin API tells of a plugin. */
    JsonNode plugin(String id) {
        return admin.get(PLUGINS + "/" + id).json();
    }

    /** Answers the generation of the desired state. */
    long generation() {
        return admin.get(PLUGINS).json().path("generation").asLong();
    }

    /** Answers the deployments of a plugin, the newest first. */
    List<JsonNode> journal(String id) {
        JsonNode all = admin.get(DEPLOYMENTS + "?limit=500").json().path("deployments");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("groups").findValuesAsText("id").contains(id))
                .toList();
    }
}
