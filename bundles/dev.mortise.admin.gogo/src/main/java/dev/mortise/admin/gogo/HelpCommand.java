// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The command {@code help}: of Mortise's commands, which a name means first; what others have is explained by Felix's own
 * {@code felix:help}.
 */
@Component(
        service = HelpCommand.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=help"})
public final class HelpCommand {
    private static final String SCOPE = "mortise:";
    private static final String FELIX = "felix:help";
    private static final Usage HELP =
            Usage.of("help [<command>]", "lists the commands of Mortise, or explains one command");
    private static final List<Usage> USAGES = Stream.of(
                    PluginCommands.USAGES,
                    DeploymentCommands.USAGES,
                    JournalCommands.USAGES,
                    ServiceCommands.USAGES,
                    WorkerCommands.USAGES,
                    MigrationCommands.USAGES,
                    TokenCommands.USAGES,
                    TenantCommands.USAGES,
                    InstallationCommands.USAGES,
                    ConfigCommands.USAGES,
                    ConnectionCommands.USAGES,
                    HealthCommands.USAGES,
                    List.of(HELP))
            .flatMap(List::stream)
            .toList();

    /** Makes the command. */
    @Activate
    public HelpCommand() {}

    /** Lists the commands or explains one; answers nothing when Felix has printed it. */
    public @Nullable Object help(CommandSession session, String[] words) throws Exception {
        if (words.length != 1) {
            return HELP.run(
                    words,
                    none -> Manual.of(
                            "Commands of Mortise:",
                            USAGES,
                            "More come from Felix: '" + FELIX + "' lists them, 'help felix:lb' explains one."));
        }
        String name = words[0].startsWith(SCOPE) ? words[0].substring(SCOPE.length()) : words[0];
        List<Usage> ours =
                USAGES.stream().filter(usage -> usage.command().equals(name)).toList();
        return ours.isEmpty()
                ? others(session, words[0])
                : Manual.of("Command " + SCOPE + name + ":", ours, namesakes(session, name));
    }

    private static String namesakes(CommandSession session, String name) {
        List<String> others = named(session, name)
                .filter(command -> !command.equals(SCOPE + name))
                .sorted()
                .toList();
        return others.isEmpty() ? "" : "Others of that name: " + String.join(", ", others) + ".";
    }

    private static @Nullable Object others(CommandSession session, String name) throws Exception {
        List<String> found = named(session, name).sorted().toList();
        if (found.isEmpty()) {
            return Sentence.unknownCommand(name);
        }
        return session.get(FELIX) instanceof Function felix
                ? felix.execute(session, List.of(name))
                : new Sentence("'" + name + "' is " + String.join(", ", found) + ", which nobody explains here.");
    }

    private static Stream<String> named(CommandSession session, String name) {
        Stream<String> all = session.get(".commands") instanceof Collection<?> commands
                ? commands.stream().map(String::valueOf)
                : Stream.empty();
        return all.filter(command -> command.equals(name) || command.endsWith(":" + name));
    }
}
