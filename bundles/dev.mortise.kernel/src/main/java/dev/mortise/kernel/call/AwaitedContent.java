// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.http.Body;

/**
 * Content of a request that comes from the client while it is read. The gateway asks it when a call is over its time: the
 * time that a handler, or an instance elsewhere, waited for content says nothing about either.
 */
public interface AwaitedContent {
    /**
     * Tells whether a reader waits for content now, or waited in vain at last, or did wait for at least so long altogether.
     * From any thread.
     */
    boolean held(long nanos);

    /** Tells the same of any body; one that is in memory, or that a plugin makes, holds nobody. */
    static boolean held(Body body, long nanos) {
        return body instanceof AwaitedContent content && content.held(nanos);
    }
}
