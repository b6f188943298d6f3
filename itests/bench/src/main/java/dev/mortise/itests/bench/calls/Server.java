// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import java.net.URI;

/** A process that answers. */
record Server(URI base, long pid) {}
