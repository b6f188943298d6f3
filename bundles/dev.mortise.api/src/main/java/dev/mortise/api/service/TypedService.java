// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a Java interface the view that a plugin has of a service of another one; its methods are {@link Endpoint}s. It lives
 * in the jar of the caller: nothing of it is shared with the provider.
 *
 * @see ServiceClient#as
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TypedService {
    /** The name of the service, such as {@code inventory.products}. */
    String value();
}
