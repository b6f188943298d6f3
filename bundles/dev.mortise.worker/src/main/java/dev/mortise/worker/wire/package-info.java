// SPDX-License-Identifier: Apache-2.0
/** HTTP/1.1 on a socket: one thread for each connection, bytes by Apache HttpComponents Core (docs/decisions/0039). */
@org.jspecify.annotations.NullMarked
package dev.mortise.worker.wire;
