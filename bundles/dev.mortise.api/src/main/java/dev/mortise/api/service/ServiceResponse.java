// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import java.lang.reflect.Type;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a service answered. A long or streaming content may hold a connection until it was read, or the stream that was
 * taken closed, at the latest until the work ends that asked for it: a handler, or a task given to {@code CallContext},
 * {@code PluginExecutor} or {@code Tenants}. What was not read then is given up.
 */
@ProviderType
public interface ServiceResponse {
    /** Answers the HTTP status. */
    int status();

    /** Answers the fields. */
    Headers headers();

    /** Answers the content, read-only and without a copy when the provider runs in the same process. */
    Body body();

    /** Maps the JSON content in the caller's own mapper; unknown keys are ignored. */
    <T> T as(Class<T> type);

    /** Maps the JSON content to a generic type. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // a Type can't carry T; the caller names it
    <T> T as(Type type);

    /** Answers itself for a status below 400. @throws ServiceException for any other */
    ServiceResponse orThrow();
}
