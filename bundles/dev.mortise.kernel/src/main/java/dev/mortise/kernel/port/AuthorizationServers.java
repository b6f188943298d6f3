// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.time.Duration;
import java.util.Map;

/**
 * Sends forms to the endpoints of authorization servers (RFC 6749): over https, or over http on this machine. Implemented by
 * process, used by the host.
 */
public interface AuthorizationServers {
    /**
     * Sends a form and answers what came. Redirects are answered, never followed. Looks names up, so it may block for
     * seconds beyond the deadline. A thread that is interrupted gives the call up and stays interrupted.
     *
     * @throws RemoteFault when there is no answer, when it is larger than allowed, or when the address may not be called;
     *     its message names the address and nothing of the form
     */
    Answer post(Form form) throws RemoteFault;

    /**
     * What is sent.
     *
     * @param fields of the header, beside those of the form itself
     * @param text the form, encoded
     * @param maxBytes that the answer may have
     */
    record Form(String url, Map<String, String> fields, String text, Duration deadline, int maxBytes) {
        public Form {
            fields = Map.copyOf(fields);
        }

        /** Never shows what is sent. */
        @Override
        public String toString() {
            return "POST " + url;
        }
    }

    /** What came. */
    record Answer(int status, String body) {
        /** Never shows what came. */
        @Override
        public String toString() {
            return "answer " + status;
        }
    }
}
