// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.mortise.mcp.tool;

import org.jspecify.annotations.NullMarked;
