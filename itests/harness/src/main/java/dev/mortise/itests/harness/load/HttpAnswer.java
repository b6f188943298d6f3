// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.itests.harness.Answer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads one answer to a GET off a connection (RFC 9112, sections 4 to 7). */
final class HttpAnswer {
    private HttpAnswer() {}

    static Answer read(InputStream in) throws IOException {
        String status = line(in);
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            int colon = field.indexOf(':');
            fields.computeIfAbsent(field.substring(0, colon), name -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        int code = Integer.parseInt(status.split(" ")[1]);
        return new Answer(code, headers, new String(content(in, headers, code), UTF_8));
    }

    private static byte[] content(InputStream in, HttpHeaders headers, int code) throws IOException {
        if (code == 204 || code == 304) {
            return new byte[0];
        }
        return headers.firstValue("Transfer-Encoding").isPresent()
                ? chunks(in)
                : bytes(in, (int) headers.firstValueAsLong("Content-Length").orElse(0));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            all.write(bytes(in, size));
            line(in);
        }
        line(in);
        return all.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("The content ended after " + bytes.length + " of " + count + " bytes.");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was closed before the answer was whole.");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }
}
