// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What lies in the watched folder at one look; all paths are relative to it.
 *
 * @param jars files that may be plugins
 * @param markers markers beside jars, or left by jars that are gone
 * @param folders the folder itself, as the empty path, and those below it
 */
public record Listing(Map<Path, Stamp> jars, Set<Path> markers, Set<Path> folders) {}
