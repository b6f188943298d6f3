// SPDX-License-Identifier: Apache-2.0
/** Authenticators, authorizers, permissions and tokens. */
@org.jspecify.annotations.NullMarked
package dev.mortise.security;
