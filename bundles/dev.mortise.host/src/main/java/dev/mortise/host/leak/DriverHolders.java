// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.util.Collection;
import java.util.List;

/**
 * Drivers that the plugin registered with DriverManager. Its methods show a caller only drivers of the caller's own loader,
 * so its list is read.
 */
final class DriverHolders implements LoaderHolder {
    @Override
    public List<String> holding(ClassLoader loader) {
        Reach reach = new Reach(loader);
        return HiddenField.readStatic("java.sql.DriverManager", "registeredDrivers").stream()
                .flatMap(list -> ((Collection<?>) list).stream())
                .flatMap(registration -> HiddenField.read(registration, "driver").stream())
                .flatMap(driver -> reach.from(driver).stream())
                .map(way -> "DriverManager (driver " + way + ")")
                .toList();
    }
}
