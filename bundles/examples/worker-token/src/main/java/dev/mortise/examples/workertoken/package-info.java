// SPDX-License-Identifier: Apache-2.0
/** Issues, lists and revokes tokens for clients of a tenant. */
@org.jspecify.annotations.NullMarked
package dev.mortise.examples.workertoken;
