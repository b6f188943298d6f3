// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.util.concurrent.Callable;

/** The plugin that a streaming body comes from, and the call that it belongs to: its code runs as it was made. */
record Origin(Owner owner, CallContext context) {
    /**
     * Runs code of the body.
     *
     * @throws BrokenAnswer when what it reads is an answer from elsewhere that did not come to its end
     * @throws IOException when that code fails, whatever it throws: its exceptions are of its plugin's classes
     * @throws MortiseException when the API's own refusal says so, or the plugin is gone
     */
    <T> T run(Callable<T> code) throws IOException {
        if (!owner.traffic().enter()) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "The rest of an answer of " + owner.title() + " is gone: that version was retired meanwhile.");
        }
        try {
            return owner.run(context, code);
        } catch (Exception e) {
            if (e instanceof MortiseException refused && e.getClass() == MortiseException.class) {
                throw refused;
            }
            if (e instanceof BrokenAnswer broken) {
                throw broken; // tells which instance failed, whoever hands its answer on
            }
            throw new IOException("A body of " + owner.title() + " broke off: " + e, withoutClasses(e));
        } finally {
            owner.traffic().leave();
        }
    }

    private static Throwable withoutClasses(Exception e) {
        Throwable trace = new IOException(e.toString());
        trace.setStackTrace(e.getStackTrace());
        return trace;
    }
}
