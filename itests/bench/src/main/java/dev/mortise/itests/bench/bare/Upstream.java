// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.bare;

import java.net.URI;

/** How a handler calls another one over the loopback interface. */
interface Upstream {
    byte[] get(URI address) throws Exception;
}
