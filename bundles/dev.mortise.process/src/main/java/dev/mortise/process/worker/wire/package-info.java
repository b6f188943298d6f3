// SPDX-License-Identifier: Apache-2.0
/** What is said to a worker, on its standard input and over HTTP. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process.worker.wire;
