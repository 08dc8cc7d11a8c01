package io.caracal.datasets.drawn;

import io.caracal.datasets.Example;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Pictures that Caracal draws itself, for a first run without data: gears and ball bearings as a camera over a bench
/// or a belt would see them. Both are round, of the same metals, in the same light and places; what tells them apart
/// is their shape. The same seed and index give the same bytes. Safe for concurrent calls.
public final class DrawnImages {
    private final long seed;
    private final Studio studio;

    public DrawnImages(long seed) {
        this.seed = seed;
        this.studio = new Studio(new Noise(new SplittableRandom(seed), 7));
    }

    /// In index order.
    public static List<String> labels() {
        return Arrays.stream(PartKind.values()).map(PartKind::label).toList();
    }

    /// What image `index` is called and shows; the classes take turns.
    public static Example example(int index) {
        String label = kind(index).label();
        return new Example("%s/%06d.jpg".formatted(label, index), label);
    }

    /// Image `index` as JPEG.
    public byte[] jpeg(int index) {
        Scene scene = Scene.draw(generator(index), kind(index));
        return scene.camera().photograph(studio.light(scene));
    }

    /// Seeds that differ by a multiple of SplittableRandom's own increment would give the same picture twice, so the
    /// index goes through a generator of its own first.
    private SplittableRandom generator(int index) {
        return new SplittableRandom(new SplittableRandom(seed + index * 0xD1342543DE82EF95L).nextLong());
    }

    private static PartKind kind(int index) {
        return index % 2 == 0 ? PartKind.BEARING : PartKind.GEAR;
    }
}
