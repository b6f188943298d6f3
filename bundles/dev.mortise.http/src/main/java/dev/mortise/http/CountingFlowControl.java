// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.api.Stream;

/** Jetty's own flow control, which also tells what clients have taken. */
final class CountingFlowControl extends BufferingFlowControlStrategy {
    /** As Jetty has it: a window is opened again when half of it is used. */
    private static final float BUFFERED = 0.5F;

    CountingFlowControl() {
        super(BUFFERED);
    }

    @Override
    public void onDataSent(Stream stream, int length) {
        StreamPace.took(stream, length);
        super.onDataSent(stream, length);
    }
}
