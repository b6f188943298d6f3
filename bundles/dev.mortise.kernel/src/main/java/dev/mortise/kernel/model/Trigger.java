// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

/** What asked for a deployment. */
public enum Trigger {
    /** A jar came, changed or went in the watched folder. */
    FOLDER,
    /** The admin API. */
    API,
    /** A command of the shell. */
    SHELL,
    /** The order to go back to an earlier version, wherever it came from. */
    ROLLBACK,
    /** The start of the container. */
    BOOT
}
