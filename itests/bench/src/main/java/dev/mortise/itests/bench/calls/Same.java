// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.util.List;

/** Makes sure that contestants give the same answer before they race. */
final class Same {
    private Same() {}

    /** Fails unless all of them answer with the same content. */
    static void check(List<Client> clients, String path) {
        List<Answer> answers = clients.stream().map(client -> client.get(path)).toList();
        boolean same = answers.stream()
                .allMatch(answer -> answer.status() == 200
                        && answer.body().equals(answers.get(0).body()));
        if (!same) {
            throw new IllegalStateException(path + " is answered differently: " + answers);
        }
    }
}
