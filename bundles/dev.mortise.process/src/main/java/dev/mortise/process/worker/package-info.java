// SPDX-License-Identifier: Apache-2.0
/** Processes of plugins: how many, when they start and end, and who looks after them. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process.worker;
