// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

/** A plugin's need of a plugin service of another plugin. */
public record Dependency(PluginId plugin, ServiceName service, VersionRange range, boolean required, String reason) {}
