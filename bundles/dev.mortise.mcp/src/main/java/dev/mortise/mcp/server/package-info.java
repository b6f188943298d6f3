// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.mortise.mcp.server;

import org.jspecify.annotations.NullMarked;
