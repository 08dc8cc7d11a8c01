package io.caracal.trainer.models;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One thing that can be chosen about an architecture: `attention`, one of `full, local, ...`.
///
/// @param name as it is written on the command line and in a recipe
/// @param type of the value
/// @param preset the value if nothing else is chosen
/// @param allowed in words, for the message that refuses another value
/// @param parse from text; empty if the value is not allowed
public record Option<T>(String name, Class<T> type, T preset, String allowed, Function<String, Optional<T>> parse) {
    public static final String NORMALIZATION = "normalization";

    static final String IMAGE_SIZE = "image-size";

    /// More is beyond every published model, and beyond memory for the pairs of its patches.
    static final int MOST_PIXELS = 2048;

    /// One of the constants of an enum, in lower case with hyphens: `SPARSE_FIXED` is `sparse-fixed`.
    public static <E extends Enum<E>> Option<E> choice(String name, E preset) {
        Class<E> type = preset.getDeclaringClass();
        String allowed = "one of "
                + Arrays.stream(type.getEnumConstants()).map(Option::text).collect(Collectors.joining(", "));
        return new Option<>(
                name,
                type,
                preset,
                allowed,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> text(constant).equals(text))
                        .findFirst());
    }

    /// The rate at which something is dropped: from 0 to below 1.
    public static Option<Float> rate(String name, float preset) {
        return new Option<>(
                name,
                Float.class,
                preset,
                "0 or more and less than 1",
                text -> number(text, Float::valueOf).filter(rate -> rate >= 0 && rate < 1));
    }

    /// What keeps a division away from 0.
    static Option<Float> epsilon(String name, float preset) {
        return new Option<>(
                name,
                Float.class,
                preset,
                "more than 0 and less than 1",
                text -> number(text, Float::valueOf).filter(epsilon -> epsilon > 0 && epsilon < 1));
    }

    /// Width and height of the input in pixels, 224 if nothing else is chosen: what [Architecture#imageSize] tells.
    static Option<Integer> imageSize(int least) {
        return whole(IMAGE_SIZE, 224, least, MOST_PIXELS);
    }

    /// Mean and deviation of pixels: what [Architecture#normalization] tells.
    static Option<PixelRange> normalization(PixelRange preset) {
        return choice(NORMALIZATION, preset);
    }

    public static Option<Integer> whole(String name, int preset, int least, int most) {
        return new Option<>(
                name,
                Integer.class,
                preset,
                "a whole number from " + least + " to " + most,
                text -> number(text, Integer::valueOf).filter(value -> value >= least && value <= most));
    }

    /// @throws IllegalArgumentException if it is not allowed: in one line
    T value(String text) {
        return parse.apply(text)
                .orElseThrow(() -> new IllegalArgumentException(name + " is " + text + ", allowed is " + allowed));
    }

    /// How a value is written.
    public static String text(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    private static <N extends Number> Optional<N> number(String text, Function<String, N> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
