// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import java.io.IOException;
import java.io.InputStream;

/**
 * A jar in the body of a request: the body itself, or the one field of a form.
 *
 * @param name what it is called in sentences; never a path
 * @param bytes read once, as they come
 */
record SentJar(String name, InputStream bytes) implements AutoCloseable {
    private static final String JAR = "application/java-archive";
    private static final String FORM = "multipart/form-data";
    private static final String NAMELESS = "The upload";

    /**
     * Opens the jar.
     *
     * @throws MortiseException UNSUPPORTED_MEDIA_TYPE for another body, VALIDATION_FAILED for a form of another shape
     */
    static SentJar of(Request request) throws IOException {
        String sent = request.headers().first("Content-Type").orElse("");
        FieldValue type = FieldValue.parse("Content-Type", sent);
        if (type.is(JAR)) {
            return new SentJar(NAMELESS, request.body().stream());
        }
        if (type.is(FORM)) {
            FormFile file = FormFile.open(request.body().stream(), type, "jar");
            return new SentJar(file.name().orElse(NAMELESS), file);
        }
        throw new MortiseException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "A plugin is sent as " + JAR + ", or as field 'jar' of " + FORM + ", not as "
                        + (sent.isEmpty() ? "nothing" : sent) + ".");
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
