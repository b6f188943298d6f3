// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime.plugins;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Components that need one another; each test takes those that it needs. */
public final class Entangled {
    private Entangled() {}

    /** Needs the middle one. */
    @Component(name = "a.Outer", immediate = true)
    public static final class Outer {
        /** Waits. */
        @Activate
        public Outer(@Reference(name = "middle") Callable<?> middle) {}
    }

    /** Needs the inner one. */
    @Component(name = "a.Middle")
    public static final class Middle implements Callable<String> {
        /** Waits. */
        @Activate
        public Middle(@Reference(name = "inner") Supplier<?> inner) {}

        @Override
        public String call() {
            return "middle";
        }
    }

    /** Needs what nobody has. */
    @Component(name = "a.Inner")
    public static final class Inner implements Supplier<String> {
        /** Waits for ever. */
        @Activate
        public Inner(@Reference(name = "nobody") Runnable nobody) {}

        @Override
        public String get() {
            return "inner";
        }
    }

    /** Needs the one that needs it. */
    @Component(name = "a.Two")
    public static final class Two implements Supplier<String> {
        /** Waits for ever. */
        @Activate
        public Two(@Reference(name = "one") Executor one) {}

        @Override
        public String get() {
            return "two";
        }
    }

    /** Needs the one that needs it. */
    @Component(name = "a.One")
    public static final class One implements Executor {
        /** Waits for ever. */
        @Activate
        public One(@Reference(name = "two") Supplier<?> two) {}

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    /** Offers what is needed, but not of the kind that is. */
    @Component(name = "a.Blue", property = "color=blue")
    public static final class Blue implements Supplier<String> {
        @Override
        public String get() {
            return "blue";
        }
    }

    /** Needs a kind that nobody offers. */
    @Component(name = "a.WantsRed", immediate = true)
    public static final class WantsRed {
        /** Waits for ever. */
        @Activate
        public WantsRed(@Reference(name = "red", target = "(color=red)") Supplier<?> red) {}
    }
}
