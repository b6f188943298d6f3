// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The container's own listener, which would judge a call that comes back as one from this machine.
 *
 * @param port as configured
 * @param inUse where the listener writes the port in use, when there is a home
 */
public record OwnListener(int port, Optional<Path> inUse) {
    boolean isAt(InetAddress address, int otherPort) {
        return otherPort == portInUse() && isOfThisMachine(address);
    }

    /** Answers the port that it listens at now, as far as it is known. */
    public int portInUse() {
        return inUse.filter(Files::exists).map(OwnListener::read).orElse(port);
    }

    private static int read(Path file) {
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // in doubt it is
        }
    }
}
