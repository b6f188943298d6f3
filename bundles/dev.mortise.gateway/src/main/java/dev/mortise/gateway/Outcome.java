// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Response;

/** What a call of a client or of a plugin came to. */
sealed interface Outcome permits Outcome.Last, Outcome.Gone, Missed {
    /** What a caller can be told. */
    sealed interface Last extends Outcome permits Answered, Refusal {}

    /** There is an answer, with whatever status. */
    record Answered(Response response) implements Last {}

    /** The plugin left the snapshot before the call could enter it: the next one has another. */
    record Gone() implements Outcome {}
}
