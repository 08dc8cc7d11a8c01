package io.caracal.trainer.tensor;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What precedes the numbers of a NumPy array (spec 3.5): magic, version, length, and a Python dict as text.
record NpyHeader(StoredTensor.Type type, long[] shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_LENGTH = 65_535;
    private static final int MAX_RANK = 32;
    private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    /// @param name of the array, for messages
    static NpyHeader read(String name, DataInputStream in) throws IOException {
        SafeTensors.check(Arrays.equals(in.readNBytes(MAGIC.length), MAGIC), "array " + name + " is no .npy");
        int version = in.readUnsignedByte();
        in.readUnsignedByte(); // of the minor versions there is only 0
        SafeTensors.check(version >= 1 && version <= 3, "array " + name + " is of .npy version " + version);
        // Little-endian, unlike everything that DataInputStream reads.
        long length = version == 1
                ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
        SafeTensors.check(length <= MAX_LENGTH, "array " + name + " has a header of " + length + " bytes");
        byte[] text = in.readNBytes((int) length);
        SafeTensors.check(text.length == length, "array " + name + " is cut off");
        String header = new String(text, StandardCharsets.UTF_8);
        SafeTensors.check(
                found(ORDER, header, name, "order").equals("False"),
                "array " + name + " is in Fortran's order, which is not read");
        NpyHeader read = new NpyHeader(
                type(found(TYPE, header, name, "type"), name), shape(found(SHAPE, header, name, "shape"), name));
        read.bytes(name);
        return read;
    }

    /// Of the numbers.
    long bytes(String name) {
        return StoredTensor.bytes(name, shape, type);
    }

    private static String found(Pattern pattern, String header, String name, String what) {
        Matcher matcher = pattern.matcher(header);
        SafeTensors.check(matcher.find(), "array " + name + " does not tell its " + what);
        return matcher.group(1);
    }

    private static StoredTensor.Type type(String descr, String name) {
        return switch (descr) {
            case "<f4" -> StoredTensor.Type.F32;
            case "<f2" -> StoredTensor.Type.F16;
            case "<f8" -> StoredTensor.Type.F64;
            case "<i8" -> StoredTensor.Type.I64;
            case "|u1" -> StoredTensor.Type.U8;
            case "|b1" -> StoredTensor.Type.BOOL;
            // NumPy knows no bfloat16: what JAX writes comes out as two bytes of no type.
            case "|V2" -> StoredTensor.Type.BF16;
            default ->
                throw new MalformedTensorsException("array " + name + " is of type " + descr + ", which is not read");
        };
    }

    private static long[] shape(String dimensions, String name) {
        String[] parts = dimensions.isBlank() ? new String[0] : dimensions.split(",", -1);
        SafeTensors.check(parts.length <= MAX_RANK, "array " + name + " has an odd shape");
        try {
            return Arrays.stream(parts)
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new MalformedTensorsException("array " + name + " has an odd shape");
        }
    }
}
