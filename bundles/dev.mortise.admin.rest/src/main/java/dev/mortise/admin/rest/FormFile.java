// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one file that a form brings (RFC 7578), as a stream of its bytes: nothing of it is kept. Reading to its end proves
 * that the form is whole and has no other field.
 */
final class FormFile extends InputStream {
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");
    private static final Pattern SPEAKABLE = Pattern.compile("[\\p{L}\\p{N} ._+()-]{1,100}");
    private static final Set<String> AS_IT_IS = Set.of("", "7bit", "8bit", "binary");

    private final DelimitedStream parts;
    private final String field;
    private final PartHead head;
    private boolean whole;

    private FormFile(DelimitedStream parts, String field, PartHead head) {
        this.parts = parts;
        this.field = field;
        this.head = head;
    }

    /** Reads up to the file's first byte; refuses a form that begins with another field. The caller closes the answer. */
    static FormFile open(InputStream form, FieldValue type, String field) throws IOException {
        String boundary = type.parameter("boundary").orElse("");
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw Refusals.invalid("The form's boundary is '" + boundary
                    + "'. It has 1 to 70 letters, digits and '()+_,-./:=? and ends with no space.");
        }
        DelimitedStream parts = new DelimitedStream(form, boundary);
        parts.skipAll(); // the preamble
        if (!parts.next()) {
            throw Refusals.invalid("The form has no field. Send the jar as field '" + field + "'.");
        }
        FormFile file = new FormFile(parts, field, PartHead.read(parts));
        file.requireField();
        file.requirePlainBytes();
        return file;
    }

    /** Answers the name that the sender gives the file, without folders, if it can stand in a sentence. */
    Optional<String> name() {
        return head.field("Content-Disposition")
                .parameter("filename")
                .map(path -> path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1))
                .filter(name -> SPEAKABLE.matcher(name).matches() && !name.isBlank());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = parts.read(bytes, offset, length);
        if (count < 0 && !whole) {
            requireLast();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }

    private void requireField() {
        FieldValue disposition = head.field("Content-Disposition");
        String name = disposition.parameter("name").orElse("");
        if (!disposition.is("form-data") || !name.equals(field)) {
            throw Refusals.invalid("The form has a field '" + name + "'. It has one field, '" + field
                    + "'; options are query parameters.");
        }
    }

    private void requirePlainBytes() {
        String encoding = head.field("Content-Transfer-Encoding").value();
        if (!AS_IT_IS.contains(encoding)) {
            throw Refusals.invalid(
                    "The field '" + field + "' is encoded as " + encoding + ". Send its bytes as they are.");
        }
    }

    private void requireLast() throws IOException {
        if (parts.next()) {
            throw Refusals.invalid(
                    "The form has more than one field. It has one, '" + field + "'; options are query parameters.");
        }
        whole = true;
    }
}
