package io.caracal.trainer.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Follows the rows and columns of an image through a model, to know on what part of the image each number depends. A
/// reshape cuts rows into patches or lays patches one after the other; a convolution, a linear layer, an attention read
/// several places at once: so the receptive field grows (spec 4.12).
///
/// @param dimensions what each dimension of the tensor goes along, the batch first
/// @param height of the image's part in pixels, over the border where padding reaches there
/// @param width the same across
/// @param image width and height of the image
record Places(List<Dimension> dimensions, long height, long width, long image) {

    /// What a run of numbers goes along.
    enum Along {
        ROWS,
        COLUMNS,
        /// Nothing: the same place of the image.
        CHANNELS
    }

    /// @param step pixels from one number to the next
    record Run(Along along, long count, long step) {}

    /// @param tokens in front that stand for no place: class tokens
    /// @param runs outer ones first
    record Dimension(long tokens, List<Run> runs) {

        static Dimension of(Run... runs) {
            return new Dimension(0, List.of(runs));
        }

        static Dimension channels(long count) {
            return of(new Run(Along.CHANNELS, count, 0));
        }

        long size() {
            return tokens + runs.stream().mapToLong(Run::count).reduce(1, Math::multiplyExact);
        }

        /// Where each place of the dimension lies, in pixels.
        long[] positions(Along along) {
            long[] positions = {0};
            for (Run run : runs) {
                long step = run.along() == along ? run.step() : 0;
                positions = Arrays.stream(positions)
                        .flatMap(outer -> LongStream.range(0, run.count()).map(i -> outer + i * step))
                        .toArray();
            }
            return positions;
        }

        /// Pixels from the first place to the last.
        long span(Along along) {
            return runs.stream()
                    .filter(run -> run.along() == along)
                    .mapToLong(run -> (run.count() - 1) * run.step())
                    .sum();
        }
    }

    /// Of an image `[1, 3, size, size]`.
    static Places image(long size) {
        return new Places(
                List.of(
                        Dimension.of(),
                        Dimension.channels(3),
                        Dimension.of(new Run(Along.ROWS, size, 1)),
                        Dimension.of(new Run(Along.COLUMNS, size, 1))),
                1,
                1,
                size);
    }

    /// Empty where no dimension goes along rows any more.
    Optional<ReceptiveField> field() {
        return dimensions.stream()
                .flatMap(dimension -> dimension.runs().stream())
                .filter(run -> run.along() == Along.ROWS)
                .map(Run::step)
                .min(Long::compare)
                .map(step -> new ReceptiveField(Math.toIntExact(Math.max(height, width)), Math.toIntExact(step)));
    }

    /// After a convolution or pooling; empty if this is no map.
    ///
    /// @param result its shape
    Optional<Places> window(int window, int stride, Shape result) {
        return single(2, Along.ROWS)
                .flatMap(rows -> single(3, Along.COLUMNS)
                        .map(columns -> new Places(
                                List.of(
                                        dimensions.getFirst(),
                                        Dimension.channels(result.get(1)),
                                        Dimension.of(new Run(Along.ROWS, result.get(2), rows.step() * stride)),
                                        Dimension.of(new Run(Along.COLUMNS, result.get(3), columns.step() * stride))),
                                height + (window - 1) * rows.step(),
                                width + (window - 1) * columns.step(),
                                image)));
    }

    /// Each number depends on all of one dimension.
    Places reading(int axis) {
        Dimension all = dimensions.get(axis);
        return new Places(
                dimensions, whole(height, all.span(Along.ROWS)), whole(width, all.span(Along.COLUMNS)), image);
    }

    /// The product of an attention's scores, whose last dimension is the keys, with the values.
    ///
    /// @param values `[.., keys, channels]`
    /// @param mask limits which keys are read; ways through a class token, which it does not limit, are
    ///     not followed
    Optional<Places> times(Places values, Optional<Mask> mask) {
        int axis = values.dimensions.size() - 2;
        if (mask.isPresent() && values.dimensions.get(axis).tokens() > 0) {
            return Optional.empty();
        }
        Places read = mask.map(known -> values.reading(axis, known)).orElseGet(() -> values.reading(axis));
        return Optional.of(and(read).with(dimensions.size() - 1, values.dimensions.getLast()));
    }

    private Places reading(int axis, Mask mask) {
        Dimension keys = dimensions.get(axis);
        long rows = mask.reach(keys.positions(Along.ROWS));
        long columns = mask.reach(keys.positions(Along.COLUMNS));
        return new Places(
                dimensions,
                rows == keys.span(Along.ROWS) ? whole(height, rows) : height + rows,
                columns == keys.span(Along.COLUMNS) ? whole(width, columns) : width + columns,
                image);
    }

    /// A dimension is padded or cut; empty if it goes along more than one thing.
    Optional<Places> resized(int axis, long size) {
        Dimension old = dimensions.get(axis);
        if (old.tokens() > 0) {
            return Optional.empty();
        }
        if (old.runs().stream().allMatch(run -> run.along() == Along.CHANNELS)) {
            return Optional.of(channels(axis, size));
        }
        return Optional.of(old.runs())
                .filter(runs -> runs.size() == 1)
                .map(List::getFirst)
                .map(run -> with(axis, Dimension.of(new Run(run.along(), size, run.step()))));
    }

    /// A part of a dimension. Which part is not followed: each place may be any that it can be in some part, so that
    /// parts of one map that are shifted against each other can be put together again.
    Optional<Places> cut(int axis, long size) {
        List<Run> runs = dimensions.get(axis).runs();
        return resized(axis, size).map(part -> {
            Run run = runs.isEmpty() ? new Run(Along.CHANNELS, 1, 0) : runs.getFirst();
            long around = (run.count() - size) * run.step();
            return switch (run.along()) {
                case ROWS -> new Places(part.dimensions, height + around, width, image);
                case COLUMNS -> new Places(part.dimensions, height, width + around, image);
                case CHANNELS -> part;
            };
        });
    }

    /// A dimension becomes one that says nothing of places.
    Places channels(int axis, long count) {
        return with(axis, Dimension.channels(count));
    }

    /// Tokens that stand for no place come before the others.
    Places behind(int axis, long tokens) {
        Dimension old = dimensions.get(axis);
        return with(axis, new Dimension(old.tokens() + tokens, old.runs()));
    }

    Places without(int axis) {
        List<Dimension> left = new ArrayList<>(dimensions);
        left.remove(axis);
        return new Places(left, height, width, image);
    }

    Places permuted(int... axes) {
        return with(Arrays.stream(axes).mapToObj(dimensions::get).toList());
    }

    /// Two tensors of one shape, number by number.
    Places and(Places other) {
        return new Places(dimensions, Math.max(height, other.height), Math.max(width, other.width), image);
    }

    /// Empty if a row or column would be cut unequally.
    Optional<Places> reshaped(Shape shape) {
        int same = 0;
        int most = Math.min(dimensions.size(), shape.dimension());
        while (same < most && dimensions.get(same).size() == shape.get(same)) {
            same++;
        }
        List<Dimension> kept = dimensions.subList(0, same);
        List<Dimension> rest = dimensions.subList(same, dimensions.size());
        if (rest.stream().anyMatch(dimension -> dimension.tokens() > 0)) {
            return Optional.empty();
        }
        Deque<Run> runs = new ArrayDeque<>();
        rest.forEach(dimension -> runs.addAll(dimension.runs()));
        List<Dimension> cut = new ArrayList<>(kept);
        for (int axis = same; axis < shape.dimension(); axis++) {
            Optional<Dimension> next = take(runs, shape.get(axis));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            cut.add(next.get());
        }
        return Optional.of(with(cut));
    }

    /// The runs in front that make up a dimension of this size; the last may be cut in two.
    private static Optional<Dimension> take(Deque<Run> runs, long size) {
        List<Run> taken = new ArrayList<>();
        long left = size;
        while (left > 1) {
            Run run = runs.poll();
            if (run == null) {
                return Optional.empty();
            }
            if (left % run.count() == 0) {
                taken.add(run);
                left /= run.count();
            } else if (run.count() % left == 0) {
                long inner = run.count() / left;
                taken.add(new Run(run.along(), left, run.step() * inner));
                runs.addFirst(new Run(run.along(), inner, run.step()));
                left = 1;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Dimension(0, Collections.unmodifiableList(taken)));
    }

    private Optional<Run> single(int axis, Along along) {
        return Optional.of(dimensions)
                .filter(all -> all.size() == 4 && all.get(axis).tokens() == 0)
                .map(all -> all.get(axis).runs())
                .filter(runs -> runs.size() == 1 && runs.getFirst().along() == along)
                .map(List::getFirst);
    }

    /// Who reads a whole dimension sees no more than the image.
    private long whole(long seen, long span) {
        return Math.max(seen, Math.min(seen + span, image));
    }

    private Places with(int axis, Dimension dimension) {
        List<Dimension> next = new ArrayList<>(dimensions);
        next.set(axis, dimension);
        return with(next);
    }

    private Places with(List<Dimension> next) {
        return new Places(List.copyOf(next), height, width, image);
    }
}
