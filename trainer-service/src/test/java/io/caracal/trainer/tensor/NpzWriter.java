package io.caracal.trainer.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes arrays as NumPy does, and also as it would not.
public final class NpzWriter implements AutoCloseable {
    private final ZipOutputStream zip;
    private final boolean deflated;

    public NpzWriter(Path file, boolean deflated) throws IOException {
        zip = new ZipOutputStream(Files.newOutputStream(file));
        this.deflated = deflated;
    }

    /// 32-bit floats.
    public void add(String name, long[] shape, float[] values) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        StringBuilder tuple = new StringBuilder("(");
        for (long axis : shape) {
            tuple.append(axis).append(", ");
        }
        add(name, "<f4", "False", tuple.append(")").toString().replaceAll("(.*,.*), \\)", "$1)"), data.array());
    }

    public void add(String name, String type, String fortranOrder, String shape, byte[] data) throws IOException {
        String dict = "{'descr': '" + type + "', 'fortran_order': " + fortranOrder + ", 'shape': " + shape + ", }";
        String header = dict + " ".repeat(63 - (10 + dict.length()) % 64) + "\n";
        ByteBuffer begin = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        begin.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length());
        var array = new ByteArrayOutputStream();
        array.writeBytes(begin.array());
        array.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        array.writeBytes(data);
        add(name, array.toByteArray());
    }

    /// @param array the whole entry
    public void add(String name, byte[] array) throws IOException {
        var entry = new ZipEntry(name + ".npy");
        if (!deflated) {
            var crc = new CRC32();
            crc.update(array);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(array.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(array);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
