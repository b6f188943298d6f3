// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.call.Pieces;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The content of an answer, read from the connection as it comes. Used by one thread at a time. */
final class AnswerBody implements Body, Closeable {
    private final AnswerStream arriving;
    private final OptionalLong length;
    private final int most;
    private State state = State.UNREAD;
    private byte @Nullable [] bytes;

    private enum State {
        UNREAD,
        TAKEN,
        GIVEN_BACK
    }

    AnswerBody(AnswerStream arriving, OptionalLong length, int most) {
        this.arriving = arriving;
        this.length = length;
        this.most = most;
    }

    @Override
    public OptionalLong length() {
        byte[] known = bytes;
        return known == null ? length : OptionalLong.of(known.length);
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            known = readAll();
            bytes = known;
        }
        return ByteBuffer.wrap(known).asReadOnlyBuffer();
    }

    private byte[] readAll() throws IOException {
        try (InputStream in = take()) {
            byte[] read = in.readNBytes(most);
            if (read.length == most && in.read() >= 0) {
                throw new IOException("The answer has more than " + (most >> 20)
                        + " MB (hop.answer.max.mb in etc/process.properties), too much to be held in memory.");
            }
            return read;
        }
    }

    @Override
    public InputStream stream() {
        byte[] known = bytes;
        return known == null ? take() : new ByteArrayInputStream(known);
    }

    private InputStream take() {
        switch (state) {
            case TAKEN ->
                throw new IllegalStateException(
                        "The body of this answer was taken as a stream already; that works once.");
            case GIVEN_BACK ->
                throw new IllegalStateException(
                        "The body of this answer was given back unread: the work that got it, such as a handler or a wrapped"
                                + " task, has ended. Read it before that ends.");
            case UNREAD -> state = State.TAKEN;
        }
        return arriving;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        OptionalLong known = length();
        try (InputStream in = stream()) {
            if (known.isEmpty() && in.available() == 0) {
                sink.flush(); // its fields are here, and nobody knows when the first piece will be
            }
            Pieces.handOn(in, known, sink);
        }
    }

    /** Ends the call, unless somebody reads it. */
    @Override
    public void close() {
        if (state == State.UNREAD) {
            state = State.GIVEN_BACK;
            arriving.close();
        }
    }

    @Override
    public boolean buffered() {
        return bytes != null;
    }
}
