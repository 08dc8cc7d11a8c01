package io.caracal.trainer.tensor;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// An open .npz file: a zip of NumPy arrays, `name.npy` each, stored or deflated (spec 3.5). No array is
/// unpacked before it is asked for, and then no more of it than its shape says: a small file cannot fill the
/// memory by itself.
public final class Npz implements TensorFile {
    private static final String ENDING = ".npy";
    private static final int MAX_ARRAYS = 100_000;

    private final ZipFile zip;
    private final Map<String, NpyHeader> headers;

    private Npz(ZipFile zip, Map<String, NpyHeader> headers) {
        this.zip = zip;
        this.headers = headers;
    }

    /// @throws MalformedTensorsException in one line, if it is no zip, or holds something else than arrays
    ///     that can be read
    public static Npz open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) {
            throw new MalformedTensorsException("it is damaged or cut off");
        }
        try {
            return new Npz(zip, headers(zip));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Map<String, NpyHeader> headers(ZipFile zip) throws IOException {
        SafeTensors.check(zip.size() <= MAX_ARRAYS, "it holds more than " + MAX_ARRAYS + " arrays");
        Map<String, NpyHeader> headers = new LinkedHashMap<>();
        Iterator<? extends ZipEntry> entries = zip.entries().asIterator();
        while (entries.hasNext()) {
            ZipEntry entry = entries.next();
            SafeTensors.check(entry.getName().endsWith(ENDING), "it holds " + entry.getName() + ", which is no .npy");
            String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
            NpyHeader header = unpacked(zip, entry, name, NpyHeader::read);
            SafeTensors.check(headers.put(name, header) == null, "it holds two arrays called " + name);
        }
        return headers;
    }

    @Override
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        headers.forEach((name, header) -> shapes.put(name, header.shape()));
        return shapes;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public float[] read(String name) throws IOException {
        return unpacked(zip, zip.getEntry(name + ENDING), name, (array, in) -> {
            NpyHeader header = NpyHeader.read(array, in);
            long bytes = header.bytes(array);
            SafeTensors.check(bytes <= Integer.MAX_VALUE - 8, "array " + array + " has more than 2 GiB");
            byte[] data = in.readNBytes((int) bytes);
            SafeTensors.check(
                    data.length == bytes && in.read() < 0, "array " + array + " has not the size of its shape");
            return new StoredTensor(header.type(), header.shape(), 0, bytes).read(MemorySegment.ofArray(data));
        });
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static <T> T unpacked(ZipFile zip, ZipEntry entry, String name, Reader<T> reader) throws IOException {
        try (InputStream entryStream = zip.getInputStream(entry);
                DataInputStream in = new DataInputStream(entryStream)) {
            return reader.read(name, in);
        } catch (ZipException | EOFException e) {
            throw new MalformedTensorsException("array " + name + " is damaged or cut off");
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(String name, DataInputStream in) throws IOException;
    }
}
