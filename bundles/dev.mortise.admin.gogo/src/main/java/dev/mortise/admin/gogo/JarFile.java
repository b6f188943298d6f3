// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.felix.service.command.CommandSession;

/**
 * A jar that a command names.
 *
 * @param downgrade whether it may replace a higher version
 */
record JarFile(Path file, boolean downgrade) {
    static JarFile named(CommandSession session, String name) {
        return new JarFile(session.currentDir().resolve(name), false);
    }

    JarFile withDowngrade(boolean asked) {
        return new JarFile(file, asked);
    }

    /** Hands it to somebody; answers in words when it can't be read. */
    Object use(Function<Upload, Object> taker) {
        if (!Files.isRegularFile(file)) {
            return new Sentence("There is no file '" + file + "'.");
        }
        try (var jar = Files.newInputStream(file)) {
            return taker.apply(new Upload(file.getFileName().toString(), jar, downgrade, Trigger.SHELL));
        } catch (IOException e) {
            return new Sentence("'" + file + "' can't be read: " + e.getMessage());
        }
    }
}
