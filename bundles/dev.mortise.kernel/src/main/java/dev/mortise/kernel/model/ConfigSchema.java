// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Optional;

/** What a plugin can be told: its settings, and the ways in which it gets credentials; both in the order of the file. */
public record ConfigSchema(List<ConfigField> fields, List<AuthMethod> methods) {
    /** Of plugins that can't be told anything. */
    public static final ConfigSchema NONE = new ConfigSchema(List.of(), List.of());

    public ConfigSchema {
        fields = List.copyOf(fields);
        methods = List.copyOf(methods);
    }

    /** Finds a field. */
    public Optional<ConfigField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** Finds a method. */
    public Optional<AuthMethod> method(String id) {
        return methods.stream().filter(method -> method.id().equals(id)).findFirst();
    }

    /** Finds the first method whose credentials a field holds. */
    public Optional<AuthMethod> methodOf(ConfigField field) {
        return methods.stream()
                .filter(method -> method.fields().contains(field.name()))
                .findFirst();
    }

    /** Tells whether a field's values are credentials of a tenant, which are kept apart from its settings. */
    public boolean credential(ConfigField field) {
        return field.scope() == ConfigField.Scope.TENANT && methodOf(field).isPresent();
    }

    /** Tells whether a field's values are kept sealed and never shown: what it says itself, and all credentials. */
    public boolean secret(ConfigField field) {
        return field.encrypted() || methodOf(field).isPresent();
    }
}
