// SPDX-License-Identifier: Apache-2.0
/** The plugin of a rehearsal. */
@org.jspecify.annotations.NullMarked
package dev.mortise.worker.rehearsal;
