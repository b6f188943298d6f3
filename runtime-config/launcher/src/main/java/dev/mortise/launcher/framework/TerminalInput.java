// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Standard input behind a thread of its own: a read of the original can't be interrupted, a read of this can. */
final class TerminalInput extends InputStream {
    private static final int END = -1;

    private final BlockingQueue<Integer> bytes = new LinkedBlockingQueue<>(8192);

    TerminalInput(InputStream original) {
        Thread pump = new Thread(() -> pump(original), "mortise-terminal");
        pump.setDaemon(true);
        pump.start();
    }

    private void pump(InputStream original) {
        try {
            int next;
            do {
                next = read(original);
                bytes.put(next);
            } while (next != END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int read(InputStream original) {
        try {
            return original.read();
        } catch (IOException closed) {
            return END;
        }
    }

    @Override
    public int read() {
        try {
            int next = bytes.take();
            if (next == END) {
                bytes.put(END);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int next = read();
        if (next == END) {
            return END;
        }
        target[offset] = (byte) next;
        return 1;
    }

    @Override
    public int available() {
        return bytes.size();
    }
}
