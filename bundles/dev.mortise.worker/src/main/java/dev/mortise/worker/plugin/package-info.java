// SPDX-License-Identifier: Apache-2.0
/** The plugin itself: in a framework of its own, or as plain objects; and the calls of its hooks. */
@org.jspecify.annotations.NullMarked
package dev.mortise.worker.plugin;
