// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Configurations;
import dev.mortise.kernel.admin.Connections;
import dev.mortise.kernel.admin.Connections.Returned;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code connection}: plugins of tenants get access to other systems by OAuth 2.0, or their credentials are tried. */
@Component(
        service = ConnectionCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=connection"})
public final class ConnectionCommands {
    // who begins at the shell ends it there
    private static final String CALLER = "shell";
    private static final Usage BEGIN = Usage.of(
            "connection begin <tenant> <plugin> [--method <id>] [--redirect <url>]",
            "answers the address at which a person allows it");
    private static final Usage COMPLETE = Usage.of(
            "connection complete <tenant> <plugin> <url>",
            "ends it with the address that the browser was sent back to");
    private static final Usage REMOVE =
            Usage.of("connection remove <tenant> <plugin>", "gives the tokens back and forgets the credentials");
    private static final Usage VALIDATE =
            Usage.of("connection validate <tenant> <plugin>", "asks the plugin whether the credentials are good");
    static final List<Usage> USAGES = List.of(BEGIN, COMPLETE, REMOVE, VALIDATE);

    private final Slot<Connections> connections = new Slot<>("connections");
    private final Slot<Configurations> configurations = new Slot<>("settings");
    private final Verbs verbs = new Verbs()
            .with(
                    BEGIN,
                    given -> connections.ask(all -> all.begin(
                            given.at(0), given.at(1), given.option("--method"), given.option("--redirect"), CALLER)))
            .with(
                    COMPLETE,
                    given -> connections.ask(
                            all -> all.complete(given.at(0), given.at(1), returned(given.at(2)), CALLER)))
            .with(
                    REMOVE,
                    given -> connections.ask(all -> new Sentence(
                            all.disconnect(given.at(0), given.at(1)).message())))
            .with(
                    VALIDATE,
                    given ->
                            configurations.ask(all -> ConfigTexts.verdict(all.validateAuth(given.at(0), given.at(1)))));

    /** Makes the command; it answers in words until the host is there. */
    @Activate
    public ConnectionCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindConnections(Connections service) {
        connections.put(service);
    }

    void unbindConnections(Connections service) {
        connections.remove(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindConfigurations(Configurations service) {
        configurations.put(service);
    }

    void unbindConfigurations(Configurations service) {
        configurations.remove(service);
    }

    /** Begins, completes or removes a connection, or validates credentials. */
    public Object connection(String[] words) {
        return verbs.run(words);
    }

    /** Reads the parameters of the redirection (RFC 6749, section 4.1.2); its whole address or its query alone. */
    private static Returned returned(String url) {
        String query = url.substring(url.indexOf('?') + 1).replaceFirst("#.*", "");
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return new Returned(
                parameters.getOrDefault("state", ""),
                Optional.ofNullable(parameters.get("code")),
                Optional.ofNullable(parameters.get("error")));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
