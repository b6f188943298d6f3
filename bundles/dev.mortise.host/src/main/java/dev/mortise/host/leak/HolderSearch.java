// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks everybody who may hold a loader; who fails to answer does not keep the others from it. */
final class HolderSearch implements LoaderHolder {
    private static final Logger LOG = LoggerFactory.getLogger(HolderSearch.class);

    private final List<LoaderHolder> all;

    HolderSearch(List<LoaderHolder> ours) {
        this.all = Stream.concat(
                        Stream.of(
                                new ThreadHolders(),
                                new TimerHolders(),
                                new ThreadLocalHolders(),
                                new DriverHolders(),
                                new ShutdownHookHolders(),
                                new MBeanHolders()),
                        ours.stream())
                .toList();
    }

    @Override
    public List<String> holding(ClassLoader loader) {
        List<String> holders = new ArrayList<>();
        for (LoaderHolder one : all) {
            try {
                holders.addAll(one.holding(loader));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn(
                        "{} could not be asked for loaders of gone plugins",
                        one.getClass().getName(),
                        e);
            }
        }
        return List.copyOf(holders);
    }
}
