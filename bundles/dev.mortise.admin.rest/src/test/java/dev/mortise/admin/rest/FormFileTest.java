// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFileTest {
    private static final String HEAD = "Content-Disposition: form-data; name=\"jar\"; filename=\"x.jar\"\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "\r\n", "-b", "\r\n--", "\r\n--c\r\n", "\r\r\n-\r\n-", "text\r\n", "\n--b\n", "x--b--"})
    void givesExactlyTheBytesOfTheFile(String content) throws Exception {
        assertThat(content("--b\r\n" + HEAD + content + "\r\n--b--\r\n")).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/form-data; boundary=b, b",
        "multipart/form-data;boundary=\"b\", b",
        "'multipart/form-data; charset=utf-8 ; BOUNDARY=\"a b:c\"', a b:c",
        "multipart/form-data; boundary=----WebKitFormBoundaryx1;, ----WebKitFormBoundaryx1"
    })
    void findsTheBoundaryQuotedOrNot(String type, String boundary) throws Exception {
        String form = "--" + boundary + "\r\n" + HEAD + "bytes\r\n--" + boundary + "--";

        assertThat(read(open(form.getBytes(UTF_8), type))).isEqualTo("bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"b",
                "multipart/form-data; boundary=\"b \"",
                "multipart/form-data; boundary=\"b\\\"c\"",
                "multipart/form-data; boundary=b; boundary=c",
                "multipart/form-data; boundary=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
            })
    void refusesABoundaryThatIsNone(String type) {
        assertThat(refusal(() -> open(new byte[0], type)))
                .hasMessageContaining("oundary")
                .hasMessageContaining("b");
    }

    @Test
    void skipsPreambleAndEpilogue() throws Exception {
        assertThat(content("This is a form.\r\n--a\r\n\r\n--b  \t\r\n" + HEAD
                        + "bytes\r\n--b--  \r\nThat was it. \r\n--b\r\n"))
                .isEqualTo("bytes");
    }

    @Test
    void findsBoundariesHoweverTheBytesCome() throws Exception {
        byte[] form = ("pre\r\n--b\r\n" + HEAD + "a\r\n--\r\n-b\r\r\n--b--\r\n").getBytes(UTF_8);

        for (int size = 1; size <= form.length; size++) {
            assertThat(read(FormFile.open(new Pieces(form, size), type(), "jar")))
                    .as("in pieces of %s bytes", size)
                    .isEqualTo("a\r\n--\r\n-b\r");
        }
    }

    @Test
    void takesFilesLargerThanItsBuffer() throws Exception {
        Random random = new Random(7);
        for (int size : new int[] {16_370, 16_384, 16_390, 32_768, 1_000_003}) {
            byte[] file = new byte[size];
            random.nextBytes(file);
            Arrays.fill(file, size / 2, size / 2 + 500, (byte) '\r');

            FormFile read = FormFile.open(new Pieces(form(file), 4096), type(), "jar");

            assertThat(read.readAllBytes()).isEqualTo(file);
            assertThat(read.read()).isEqualTo(-1);
        }
    }

    @Test
    void readsByteByByteToo() throws Exception {
        FormFile file = open(form(new byte[] {-1, 0, 13}), "multipart/form-data; boundary=b");

        assertThat(new int[] {file.read(), file.read(), file.read(), file.read(), file.read()})
                .containsExactly(255, 0, 13, -1, -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "--b", "--b\r\nContent-Dis", "--b\r\n%sbytes", "--b\r\n%sbytes\r\n--b", "--b\r\n%sx\r\n--b-"
            })
    void refusesAFormThatBreaksOff(String form) {
        assertThat(refusal(() -> content(form.formatted(HEAD))))
                .hasMessage("The form ends before its closing boundary. Send it whole.");
    }

    @Test
    void refusesAnEmptyForm() {
        assertThat(refusal(() -> content("--b--\r\n")))
                .hasMessage("The form has no field. Send the jar as field 'jar'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"file\"",
                "Content-Disposition: form-data",
                "Content-Disposition: attachment; name=\"jar\"",
                "Content-Type: text/plain"
            })
    void refusesAnotherField(String head) {
        assertThat(refusal(() -> content("--b\r\n" + head + "\r\n\r\nx\r\n--b--")))
                .hasMessageMatching(
                        "The form has a field '(file|jar|)'\\. It has one field, 'jar'; options are query parameters\\.");
    }

    @Test
    void refusesAFurtherField() {
        assertThat(refusal(() -> content("--b\r\n" + HEAD
                        + "x\r\n--b\r\nContent-Disposition: form-data; name=\"wait\"\r\n\r\n1\r\n--b--")))
                .hasMessage("The form has more than one field. It has one, 'jar'; options are query parameters.");
    }

    @Test
    void refusesABoundaryWithSomethingBehindIt() {
        assertThat(refusal(() -> content("--b\r\n" + HEAD + "x\r\n--bcd\r\n")))
                .hasMessage("A line of the form begins with its boundary and goes on with something else.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ": nameless", "Content-Type: a\r\ncontent-type: b"})
    void refusesAHeaderThatIsNone(String head) {
        assertThat(refusal(() -> content("--b\r\n" + head + "\r\n" + HEAD + "x\r\n--b--")))
                .hasMessage("A field of the form has a header line without a name of its own.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Disposition: form-data; name=\"jar\"\n\nx", "X: \rY", "--b"})
    void refusesAHeaderWithoutEnd(String head) {
        assertThat(refusal(() -> content("--b\r\n" + head + "\r\n--b--")).code())
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void readsNoEndlessHeader() {
        for (String endless : List.of("X: " + "y".repeat(10_000), "X: y\r\nZ: " + "z".repeat(8_186))) {
            assertThat(refusal(() -> content("--b\r\n" + endless + "\r\n" + HEAD + "x\r\n--b--")))
                    .hasMessageContaining("within 8192 bytes");
        }
    }

    @Test
    void refusesAnEncodingThatNobodyUndoes() throws Exception {
        assertThat(refusal(() -> content("--b\r\nContent-Transfer-Encoding: base64\r\n" + HEAD + "eA==\r\n--b--")))
                .hasMessage("The field 'jar' is encoded as base64. Send its bytes as they are.");
        assertThat(content("--b\r\nContent-Transfer-Encoding: Binary\r\n" + HEAD + "x\r\n--b--"))
                .isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filename=\"reports-1.0.0.jar\" | reports-1.0.0.jar",
                "filename=x.jar | x.jar",
                "FileName=\"C:\\plugins\\x.jar\" | x.jar",
                "filename=\"../../etc/x.jar\" | x.jar",
                "filename=\"über uns.jar\" | über uns.jar",
                "filename=\"a\\\"b.jar\" |",
                "filename=\"a\u001b[31m.jar\" |",
                "filename=\"..\" | ..",
                "filename=\" \" |",
                "filename=\"\" |",
                "x=y |"
            })
    void takesAFileNameForSentencesOnly(String parameter, String name) throws Exception {
        String form = "--b\r\nContent-Disposition: form-data; name=\"jar\"; " + parameter + "\r\n\r\nx\r\n--b--";

        assertThat(open(form.getBytes(UTF_8), "multipart/form-data; boundary=b").name())
                .isEqualTo(Optional.ofNullable(name));
    }

    @Test
    void closesTheBody() throws Exception {
        InputStream body = new ByteArrayInputStream(form(new byte[1])) {
            @Override
            public void close() throws IOException {
                throw new IOException("closed");
            }
        };

        assertThatThrownBy(() -> FormFile.open(body, type(), "jar").close()).hasMessage("closed");
    }

    private static byte[] form(byte[] file) throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.write(("--b\r\n" + HEAD).getBytes(UTF_8));
        form.write(file);
        form.write("\r\n--b--\r\n".getBytes(UTF_8));
        return form.toByteArray();
    }

    private static FieldValue type() {
        return FieldValue.parse("Content-Type", "multipart/form-data; boundary=b");
    }

    private static String content(String form) throws IOException {
        return read(open(form.getBytes(UTF_8), "multipart/form-data; boundary=b"));
    }

    private static String read(FormFile file) throws IOException {
        return new String(file.readAllBytes(), ISO_8859_1);
    }

    private static FormFile open(byte[] form, String type) throws IOException {
        return FormFile.open(new ByteArrayInputStream(form), FieldValue.parse("Content-Type", type), "jar");
    }

    private static MortiseException refusal(ThrowingCallable call) {
        MortiseException refusal = catchThrowableOfType(MortiseException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        return refusal;
    }

    /** Bytes that come in pieces, as from a network. */
    private static final class Pieces extends InputStream {
        private final InputStream all;
        private final int size;

        Pieces(byte[] bytes, int size) {
            this.all = new ByteArrayInputStream(bytes);
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            return all.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return all.read(bytes, offset, Math.min(length, size));
        }
    }
}
