// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

/** What looking for a service came to: an instance that serves, or why there is none. */
sealed interface Resolution permits ServiceMount, Refusal {}
