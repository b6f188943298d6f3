// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.tool;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.Body;
import java.util.Objects;

/**
 * One call of a tool by somebody who may call it.
 *
 * @param tool its name, as the plugin gave it
 * @param arguments a JSON object that keeps to the tool's schema; {@code {}} when nothing was given
 * @param context tenant and identity, the same that is bound to the handler's thread
 */
public record ToolCall(String tool, Body arguments, CallContext context) {
    public ToolCall {
        Objects.requireNonNull(tool, "tool is null");
        Objects.requireNonNull(arguments, "arguments is null");
        Objects.requireNonNull(context, "context is null");
    }
}
