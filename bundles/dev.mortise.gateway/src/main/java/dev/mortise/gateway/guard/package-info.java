// SPDX-License-Identifier: Apache-2.0
/** What bounds calls, so that one plugin, one tenant or one endpoint can't take what all others need. */
@org.jspecify.annotations.NullMarked
package dev.mortise.gateway.guard;
