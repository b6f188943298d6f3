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
import org.apache.felix.service.command.Function;

/** Gogo itself with our commands, without a framework: what is typed is parsed, coerced and printed for real. */
final class Shell {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final PluginCommands plugins = new PluginCommands();
    final DeploymentCommands deployments = new DeploymentCommands();
    final JournalCommands journal = new JournalCommands();
    final WorkerCommands workers = new WorkerCommands();
    final ServiceCommands services = new ServiceCommands();
    final MigrationCommands migrations = new MigrationCommands();
    final TokenCommands tokens = new TokenCommands();
    final HealthCommands health = new HealthCommands();
    final TenantCommands tenants = new TenantCommands();
    final InstallationCommands installations = new InstallationCommands();
    final ConfigCommands config = new ConfigCommands();
    final ConnectionCommands connections = new ConnectionCommands();

    private final CommandProcessorImpl processor = new CommandProcessorImpl();
    private final CommandSession session;

    Shell() {
        processor.addConverter(new TextConverter(Clock.fixed(NOW, ZoneOffset.UTC)));
        add(plugins, "plugins", "plugin", "why", "graph", "deps");
        add(deployments, "install", "plan", "uninstall", "rollback", "restart", "move");
        add(workers, "workers", "worker");
        add(journal, "deployments");
        add(services, "services", "service", "routes");
        add(migrations, "migration");
        add(tokens, "token");
        add(health, "health");
        add(tenants, "tenants", "tenant");
        add(installations, "installations", "installation", "enable", "disable");
        add(config, "config", "secrets");
        add(connections, "connection");
        add(new HelpCommand(), "help");
        add(new UnknownCommand(), "default");
        session = processor.createSession(
                new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), new ByteArrayOutputStream());
        session.put("SCOPE", "mortise:*");
    }

    private void add(Object commands, String... functions) {
        List.of(functions).forEach(function -> processor.addCommand("mortise", commands, function));
    }

    /** Makes the terminal so wide. */
    Shell in(int columns) {
        session.put("COLUMNS", columns);
        return this;
    }

    /** Adds a command of Felix that prints what it gets. */
    Shell withFelix(String function) {
        processor.addCommand(
                "felix", (Function) (session, words) -> new Sentence("felix:" + function + " got " + words), function);
        return this;
    }

    /** Answers the value of a variable of the session. */
    Object variable(String name) {
        return session.get(name);
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
