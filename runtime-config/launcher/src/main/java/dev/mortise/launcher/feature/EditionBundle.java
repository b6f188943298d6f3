// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.feature;

/** A bundle of an edition and the start level that it starts at. */
public record EditionBundle(Artifact artifact, int startLevel) {}
