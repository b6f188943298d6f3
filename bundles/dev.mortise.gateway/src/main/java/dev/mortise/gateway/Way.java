// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

/**
 * What is known of an exchange whose caller may come in.
 *
 * @param path canonical
 * @param tries the instances that it was tried at without success
 */
record Way(String path, Destination destination, Leg leg, Admission.Caller caller, Tries tries) {
    /** Answers the same way after one more try. */
    Way after(Missed missed) {
        return new Way(path, destination, leg, caller, tries.with(missed.route().owner()));
    }
}
