// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;

/** A place in the document as a JSON pointer (RFC 6901). */
record Place(String pointer) {
    static final Place ROOT = new Place("");

    static Place of(Error error) {
        NodePath path = error.getInstanceLocation();
        Place place = ROOT;
        for (int i = 0; i < path.getNameCount(); i++) {
            place = place.child(String.valueOf(path.getElement(i)));
        }
        return place;
    }

    Place child(String name) {
        return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    Place child(int index) {
        return new Place(pointer + "/" + index);
    }

    boolean root() {
        return pointer.isEmpty();
    }

    @Override
    public String toString() {
        return root() ? "plugin.json" : "'" + Words.shortened(pointer) + "'";
    }
}
