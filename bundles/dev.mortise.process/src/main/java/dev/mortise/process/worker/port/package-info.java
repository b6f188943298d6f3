// SPDX-License-Identifier: Apache-2.0
/** Ports at which workers listen. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process.worker.port;
