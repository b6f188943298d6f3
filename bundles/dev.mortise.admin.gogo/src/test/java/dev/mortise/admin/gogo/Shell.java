// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** Gogo itself with our commands, without a framework: what is typed is parsed, coerced and printed for real. */
final class Shell {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final PluginCommands plugins = new PluginCommands();
    final DeploymentCommands deployments = new DeploymentCommands();
    final ServiceCommands services = new ServiceCommands();
    final MigrationCommands migrations = new MigrationCommands();
    final TokenCommands tokens = new TokenCommands();
    final HealthCommands health = new HealthCommands();
    final TenantCommands tenants = new TenantCommands();

    private final CommandSession session;

    Shell() {
        CommandProcessorImpl processor = new CommandProcessorImpl();
        processor.addConverter(new TextConverter(Clock.fixed(NOW, ZoneOffset.UTC)));
        add(processor, plugins, "plugins", "plugin", "why", "graph", "deps");
        add(processor, deployments, "install", "uninstall", "restart");
        add(processor, services, "services", "service", "routes");
        add(processor, migrations, "migration");
        add(processor, tokens, "token");
        add(processor, health, "health");
        add(processor, tenants, "tenants");
        session = processor.createSession(
                new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), new ByteArrayOutputStream());
        session.put("SCOPE", "mortise:*");
    }

    private static void add(CommandProcessorImpl processor, Object commands, String... functions) {
        List.of(functions).forEach(function -> processor.addCommand("mortise", commands, function));
    }

    /** Answers what a person sees after typing the line. */
    String type(String line) {
        return session.format(execute(line), Converter.INSPECT).toString();
    }

    /** Answers the object that a script gets. */
    Object execute(String line) {
        try {
            return session.execute(line);
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
    }
}
