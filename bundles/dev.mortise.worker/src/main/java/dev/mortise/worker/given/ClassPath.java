// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import java.util.ServiceLoader;

/** Finds what the JSON bundle implements of the kernel's ports: it lies on the class path and is not compiled against. */
public final class ClassPath {
    private ClassPath() {}

    /** Finds the implementation of a port. */
    public static <T> T find(Class<T> port) {
        return ServiceLoader.load(port, ClassPath.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody on the class path implements " + port.getName()
                        + ". dev.mortise.json and Jackson belong to a worker."));
    }
}
