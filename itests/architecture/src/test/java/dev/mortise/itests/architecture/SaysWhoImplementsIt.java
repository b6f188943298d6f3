// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** An interface is implemented by Mortise, by plugins, or sealed: bnd draws the ranges of imports from that. */
final class SaysWhoImplementsIt extends ArchCondition<JavaClass> {
    SaysWhoImplementsIt() {
        super("be annotated @ProviderType or @ConsumerType, or be sealed");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean says = type.isAnnotatedWith("org.osgi.annotation.versioning.ProviderType")
                || type.isAnnotatedWith("org.osgi.annotation.versioning.ConsumerType")
                || type.reflect().isSealed();
        events.add(new SimpleConditionEvent(type, says, type.getName() + " does not say who implements it"));
    }
}
