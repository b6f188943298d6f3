// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Makes the threads of the server: for requests virtual ones where the JDK has them, never more than the limit at once. */
final class RequestThreads {
    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;
    /** Acceptor, selector and one each to take over from them while they do something else. */
    private static final int SERVER_THREADS = 4;

    private RequestThreads() {}

    static ThreadPool make(int requests) {
        boolean virtual = Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS;
        QueuedThreadPool pool = new QueuedThreadPool(virtual ? 2 * SERVER_THREADS : requests + SERVER_THREADS);
        pool.setMinThreads(SERVER_THREADS);
        pool.setName("http");
        if (virtual) {
            pool.setVirtualThreadsExecutor(virtualThreads(requests));
        }
        return pool;
    }

    private static VirtualThreadPool virtualThreads(int requests) {
        VirtualThreadPool threads = new VirtualThreadPool(requests);
        threads.setName("http-request-");
        return threads;
    }
}
