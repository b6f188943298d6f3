// SPDX-License-Identifier: Apache-2.0
/** The way to the core: calls over HTTP, and the announcement of a plugin that runs elsewhere. */
@org.jspecify.annotations.NullMarked
package dev.mortise.worker.core;
