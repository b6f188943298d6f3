// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The parts of a multipart body (RFC 2046, section 5.1.1), one after the other: reads as far as the next delimiter, and
 * {@link #next} goes behind it. Holds no more than its buffer. The search is linear, since only the first byte of a
 * delimiter is a CR.
 */
final class DelimitedStream extends InputStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final InputStream source;
    private final byte[] delimiter;
    private final byte[] buffer;
    private int position;
    private int clear; // from position to here the buffer holds no byte of a delimiter
    private int end;
    private boolean atDelimiter;

    /** Begins before the first part, in the preamble. */
    DelimitedStream(InputStream source, String boundary) {
        this.source = source;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        this.buffer = new byte[BUFFER_BYTES];
        // A body may begin with the first delimiter, which then lacks the line end that belongs to it.
        buffer[end++] = '\r';
        buffer[end++] = '\n';
    }

    @Override
    public int read() throws IOException {
        return ready() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, clear - position);
        System.arraycopy(buffer, position, bytes, offset, count);
        position += count;
        return count;
    }

    /** Reads to the next delimiter. */
    void skipAll() throws IOException {
        while (ready()) {
            position = clear;
        }
    }

    /** Goes behind the delimiter that was read up to; answers false, and stays there, when it is the last one. */
    boolean next() throws IOException {
        position += delimiter.length;
        int octet = octet();
        if (octet == '-' && octet() == '-') {
            clear = position;
            return false;
        }
        while (octet == ' ' || octet == '\t') {
            octet = octet();
        }
        if (octet != '\r' || octet() != '\n') {
            throw Refusals.invalid("A line of the form begins with its boundary and goes on with something else.");
        }
        clear = position;
        atDelimiter = false;
        return true;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Tells whether there is a byte before the next delimiter. */
    private boolean ready() throws IOException {
        while (clear == position && !atDelimiter) {
            clear = candidate();
            if (clear == position && clear + delimiter.length <= end) {
                atDelimiter = true;
            } else if (clear == position) {
                fill();
            }
        }
        return clear > position;
    }

    /** Answers where a delimiter stands, or the beginning of one that the buffer cuts off; its end where there is none. */
    private int candidate() {
        int at = position;
        while (at < end && !delimiterMayStandAt(at)) {
            at++;
        }
        return at;
    }

    private boolean delimiterMayStandAt(int at) {
        int length = Math.min(delimiter.length, end - at);
        for (int i = 0; i < length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private int octet() throws IOException {
        if (position == end) {
            fill();
        }
        return buffer[position++] & 0xff;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, end - position);
        end -= position;
        position = 0;
        clear = 0;
        int count = source.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw Refusals.invalid("The form ends before its closing boundary. Send it whole.");
        }
        end += count;
    }
}
