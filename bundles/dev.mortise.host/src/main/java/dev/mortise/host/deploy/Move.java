// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

/** How far a version is on its way from one place to another. */
enum Move {
    /** It is where it is. */
    NONE,
    /** It is being started in the other place. */
    COMES,
    /** Calls go to the other place, or will with the next change of the snapshot. */
    SWITCHES,
    /** Its last calls end in the old place, or it is being ended there. */
    LEAVES
}
