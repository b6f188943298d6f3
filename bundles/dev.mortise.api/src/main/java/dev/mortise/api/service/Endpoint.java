// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The endpoint that a method of a {@link TypedService} calls. Parameters fill the braces of the path in order,
 * percent-encoded; one more parameter is the body, written as JSON, or sent as it is where it is a
 * {@link dev.mortise.api.http.Body}.
 *
 * <p>The method answers the JSON content as its own type; {@code void} when nothing is expected;
 * {@link java.util.Optional}, empty for 404 and 204; the {@code Body}; the whole {@link ServiceResponse} whatever its
 * status; or a {@link java.util.concurrent.CompletionStage} of any of these, and then the call runs in the background. Any
 * other status of 400 or above is thrown as {@link ServiceException}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Endpoint {
    /** The method and path, such as {@code GET /products/{id}?full={full}}. */
    String value();

    /** The media type of the body. */
    String contentType() default "application/json";
}
