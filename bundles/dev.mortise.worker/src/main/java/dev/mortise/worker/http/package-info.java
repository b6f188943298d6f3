// SPDX-License-Identifier: Apache-2.0
/** The HTTP surface: the plugin's routes, and what the container asks a process. */
@org.jspecify.annotations.NullMarked
package dev.mortise.worker.http;
