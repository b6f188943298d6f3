// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.program.ExitCode;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The wish to end, expressed by a signal: the first one stops in order, the second one at once. */
final class StopRequest {
    private @Nullable Runnable action;
    private boolean made;

    /** Listen to the signals that ask a process to end. */
    static StopRequest bySignals() {
        StopRequest request = new StopRequest();
        for (String signal : new String[] {"TERM", "INT", "HUP"}) {
            listen(signal, request);
        }
        return request;
    }

    /** Register through reflection: javac warns of sun.misc in a way that no annotation silences. */
    private static void listen(String signal, StopRequest request) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        request.make();
                        return null;
                    });
            Object instance = signalType.getConstructor(String.class).newInstance(signal);
            signalType.getMethod("handle", signalType, handlerType).invoke(null, instance, handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Signal " + signal + " can't be handled", e);
        }
    }

    /** Ask to end. */
    void make() {
        Runnable toRun;
        synchronized (this) {
            if (made) {
                Runtime.getRuntime().halt(ExitCode.SECOND_SIGNAL.number());
            }
            made = true;
            toRun = action;
        }
        if (toRun != null) {
            toRun.run();
        }
    }

    /** Run an action when somebody asks to end, at once when that has happened already. */
    void whenMade(Runnable reaction) {
        synchronized (this) {
            action = reaction;
            if (!made) {
                return;
            }
        }
        reaction.run();
    }

    synchronized boolean isMade() {
        return made;
    }
}
