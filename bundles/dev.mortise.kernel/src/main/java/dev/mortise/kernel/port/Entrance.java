// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

/**
 * A way in for calls from outside. Implemented by surfaces that listen, used by the host: when the container stops, it
 * closes every entrance before it ends the first plugin, so what was let in is answered.
 */
public interface Entrance {
    /**
     * Lets nobody in any more, and returns when all who are inside have their answers or the entrance's own time for that
     * is over. Closing again does nothing.
     */
    void close();
}
