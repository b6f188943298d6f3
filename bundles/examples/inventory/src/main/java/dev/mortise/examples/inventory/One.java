// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

/** The answer that holds one thing. */
record One<T>(T data) {}
