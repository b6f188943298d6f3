// SPDX-License-Identifier: Apache-2.0
/** Connections of plugins with other systems by OAuth 2.0: how they are made, kept and ended. */
@NullMarked
package dev.mortise.host.oauth;

import org.jspecify.annotations.NullMarked;
