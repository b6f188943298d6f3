// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.runtime.ComponentStates.Component;
import dev.mortise.host.runtime.ComponentStates.Reading;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class ComponentStatesTest {
    private final ComponentStates states =
            new ComponentStates(new PluginId("hello"), new ClassFailures(ComponentStatesTest.class.getClassLoader()));

    @Test
    void sayThatAComponentIsDisabledAndHowItIsEnabled() {
        Reading reading = states.read(List.of(new Component(description(), List.of(), false)));

        assertThat(reading.unsatisfied())
                .hasValue(new StartProblem(
                        "Component 'hello.Greetings' of plugin 'hello' is disabled.",
                        "Run 'scr:enable hello.Greetings', or 'restart hello'."));
    }

    @Test
    void sayThatAConfigurationIsMissing() {
        Reading reading = states.read(List.of(new Component(description(), List.of(), true)));

        assertThat(reading.unsatisfied().orElseThrow().message())
                .isEqualTo("Component 'hello.Greetings' of plugin 'hello' waits for a configuration 'hello.greetings',"
                        + " which is not there.");
    }

    @Test
    void findNothingInAComponentThatStands() {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = ComponentConfigurationDTO.ACTIVE;
        configuration.description = description();

        Reading reading = states.read(List.of(new Component(description(), List.of(configuration), true)));

        assertThat(reading.failed()).isEmpty();
        assertThat(reading.unsatisfied()).isEmpty();
    }

    @Test
    void passOverAComponentThatDoesNotBeginEnabled() {
        ComponentDescriptionDTO description = description();
        description.defaultEnabled = false;

        assertThat(states.read(List.of(new Component(description, List.of(), false)))
                        .unsatisfied())
                .isEmpty();
    }

    private static ComponentDescriptionDTO description() {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = "hello.Greetings";
        description.defaultEnabled = true;
        description.configurationPid = new String[] {"hello.greetings"};
        return description;
    }
}
