// SPDX-License-Identifier: Apache-2.0
/** One process of a plugin: what it is started with, what it writes, and its certain end. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process.worker.launch;
