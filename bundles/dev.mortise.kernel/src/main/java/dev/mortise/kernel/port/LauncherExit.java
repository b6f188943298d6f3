// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

/**
 * How a bundle ends a container that can't come up before a person acts: it gives an exit code and a sentence to the service
 * {@code BiConsumer<Integer, String>} with this target. The launcher offers it, and shares no type of Mortise with bundles;
 * once the container has been ready it no longer listens. Without the launcher, as in tests, there is no such service.
 */
public final class LauncherExit {
    /** The target of the reference. */
    public static final String TARGET = "(mortise.launcher=exit)";

    /** The exit code when somebody else holds the port. */
    public static final int IN_USE = 4;

    /** The exit code when the database can't be used. */
    public static final int DATABASE = 5;

    private LauncherExit() {}
}
