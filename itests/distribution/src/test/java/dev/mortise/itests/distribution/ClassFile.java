// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A class file that no compiler would write (JVM specification, chapter 4). */
final class ClassFile {
    private static final int JAVA_6 = 50;
    private static final int PUBLIC = 0x0001;
    private static final int SUPER = 0x0020;
    private static final int RETURN = 0xb1;

    private ClassFile() {}

    /** Writes a class whose constructor does not call that of its superclass: it loads, but can't be verified. */
    static byte[] unverifiable(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeShort(0);
        out.writeShort(JAVA_6);
        String[] texts = {name, "java/lang/Object", "<init>", "()V", "Code"};
        out.writeShort(texts.length + 3); // constants 1 to 5 are the texts, 6 and 7 the classes
        for (String text : texts) {
            out.writeByte(1);
            out.writeUTF(text);
        }
        for (int text = 1; text <= 2; text++) {
            out.writeByte(7);
            out.writeShort(text);
        }
        for (int value : new int[] {PUBLIC | SUPER, 6, 7, 0, 0, 1}) {
            out.writeShort(value); // access, this, super, no interfaces, no fields, one method
        }
        for (int value : new int[] {PUBLIC, 3, 4, 1, 5}) {
            out.writeShort(value); // access, name, descriptor, one attribute: the code
        }
        out.writeInt(13);
        out.writeShort(0);
        out.writeShort(1);
        out.writeInt(1);
        out.writeByte(RETURN);
        for (int i = 0; i < 3; i++) {
            out.writeShort(0); // no handlers, no attributes of the code, none of the class
        }
        return bytes.toByteArray();
    }
}
