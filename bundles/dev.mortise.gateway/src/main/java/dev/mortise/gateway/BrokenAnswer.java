// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.util.Optional;

/**
 * Thrown to whoever reads an answer from elsewhere that did not come to its end. It holds nothing of a plugin's classes, so
 * that it passes from plugin to plugin as it is; its cause says what a plugin's client is told when nobody catches it.
 */
final class BrokenAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    private BrokenAnswer(String sentence, ServiceException told) {
        super(sentence, told);
    }

    /** Says whose answer it was and how it ended, and not where that is. */
    static BrokenAnswer of(RemoteFault.Kind how, String plugin, String title) {
        boolean lost = how == RemoteFault.Kind.LOST;
        String sentence =
                "The answer of the %s %s.".formatted(title, lost ? "broke off" : "did not come to its end in time");
        ErrorCode code = lost ? ErrorCode.SERVICE_UNAVAILABLE : ErrorCode.DEADLINE_EXCEEDED;
        return new BrokenAnswer(
                sentence, ServiceException.refused(plugin, new MortiseException(code, sentence), Optional.empty()));
    }
}
