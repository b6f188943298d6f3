// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Answers what is no command: Gogo calls the command {@code default} with the line before it would throw. */
@Component(
        service = UnknownCommand.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=default"})
public final class UnknownCommand implements Function {
    /** Makes the command. */
    @Activate
    public UnknownCommand() {}

    @Override
    public Object execute(CommandSession session, List<Object> line) {
        return Sentence.unknownCommand(String.valueOf(line.get(0)));
    }
}
