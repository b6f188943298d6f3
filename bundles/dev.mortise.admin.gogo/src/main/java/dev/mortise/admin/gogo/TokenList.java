// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Tokens.Token;
import java.util.List;

/** The tokens that are not revoked. */
public record TokenList(List<Token> tokens) {}
