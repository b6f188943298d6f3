// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.kernel.port.HttpGateway;

/** The gateway while there is one, and what answers until it comes. */
final class GatewaySlot {
    private final HttpGateway starting = new StartingGateway();
    private volatile HttpGateway current = starting;

    /** Answers who handles the next exchange. */
    HttpGateway get() {
        return current;
    }

    /** Takes the gateway in the place of any other. */
    synchronized void put(HttpGateway gateway) {
        current = gateway;
    }

    /** Lets go of the gateway, unless another one has taken its place: a new one is bound before the old one leaves. */
    synchronized void remove(HttpGateway gateway) {
        if (current == gateway) {
            current = starting;
        }
    }
}
