// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

/**
 * What is wrong with one value that was sent.
 *
 * @param pointer its place in what was sent, as a JSON pointer (RFC 6901)
 * @param message the sentence; it never holds the value, which may be a secret
 */
public record ConfigViolation(String pointer, String message) {}
