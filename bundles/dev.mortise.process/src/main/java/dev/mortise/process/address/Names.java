// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names of hosts up. */
@FunctionalInterface
public interface Names {
    /** Asks the system. */
    Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** Answers every address that a name stands for now, at least one. */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
