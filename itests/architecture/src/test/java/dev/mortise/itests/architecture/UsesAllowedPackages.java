// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** A class uses its own module, those that the layers allow, and libraries that are at home there. */
final class UsesAllowedPackages extends ArchCondition<JavaClass> {
    UsesAllowedPackages() {
        super("use only what the table of layers and the table of libraries allow");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Optional<String> module = Layers.module(type.getPackageName());
        if (module.isEmpty()) {
            events.add(SimpleConditionEvent.violated(type, type.getName() + " belongs to no module of the table"));
            return;
        }
        type.getDirectDependenciesFromSelf().stream()
                .filter(use -> !allowed(
                        module.get(),
                        use.getTargetClass().getBaseComponentType().getPackageName()))
                .map(Dependency::getDescription)
                .forEach(use -> events.add(SimpleConditionEvent.violated(type, use)));
    }

    private static boolean allowed(String module, String target) {
        // Primitive types have the empty package.
        return target.isEmpty()
                || Layers.module(target)
                        .map(other -> Layers.mayUse(module, other))
                        .orElseGet(() -> Libraries.mayUse(module, target));
    }
}
