// SPDX-License-Identifier: Apache-2.0
/** Users that processes of plugins run as: numbers without an account. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process.worker.user;
