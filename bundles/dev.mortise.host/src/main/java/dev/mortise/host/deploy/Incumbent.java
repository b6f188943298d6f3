// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;

/**
 * A version that is switched in, or was when the container ended and is coming back.
 *
 * @param serves whether calls reach it now, or will as soon as it is back
 */
record Incumbent(Artifact artifact, boolean serves) {}
