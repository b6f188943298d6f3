// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.Trigger;
import java.io.InputStream;

/**
 * A jar that somebody hands in.
 *
 * @param name what it is called in sentences
 * @param jar its bytes; read once, closed by whoever opened it
 * @param downgrade whether it may take the place of a higher version
 */
public record Upload(String name, InputStream jar, boolean downgrade, Trigger trigger) {}
