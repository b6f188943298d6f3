// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import java.util.List;

/** The tokens of a tenant. */
record TokenList(int count, List<Token> tokens) {
    static TokenList of(List<Token> tokens) {
        return new TokenList(tokens.size(), tokens);
    }
}
