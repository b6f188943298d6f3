// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.util.function.Consumer;

/**
 * For whom the lines of a standard output are, where they are no log.
 *
 * @param longest what a line may have, in bytes
 * @param taker gets each line; what it throws is logged, and the next line is read
 * @param tooLong is told of a line that is longer, of which the taker gets nothing
 */
public record Spoken(int longest, Consumer<String> taker, Runnable tooLong) {}
