// SPDX-License-Identifier: Apache-2.0
/** What the process was given: its command line, its environment, and the lines of standard input. */
@org.jspecify.annotations.NullMarked
package dev.mortise.worker.given;
