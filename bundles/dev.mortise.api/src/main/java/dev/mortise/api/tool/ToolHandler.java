// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.tool;

import org.osgi.annotation.versioning.ConsumerType;

/** Does what one tool is for. Plugins implement it; it is called by many threads at once. */
@ConsumerType
@FunctionalInterface
public interface ToolHandler {
    /**
     * Does it once. The caller waits 30 s at most.
     *
     * @throws dev.mortise.api.error.MortiseException to answer a failure with the message, which a model reads
     * @throws Exception any other fault is a failure with the request id, details only in the log
     */
    ToolResult call(ToolCall call) throws Exception;
}
