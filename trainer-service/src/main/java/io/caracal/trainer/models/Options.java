package io.caracal.trainer.models;

import io.caracal.trainer.tensor.Normalization;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is chosen about an architecture. Immutable.
public final class Options {
    private static final String PROPERTY = "option.";

    /// Of an architecture about which nothing can be chosen.
    public static final Options NONE = new Options(List.of(), Map.of());

    private final List<Option<?>> known;
    private final Map<String, Object> chosen;

    private Options(List<Option<?>> known, Map<String, Object> chosen) {
        this.known = known;
        this.chosen = chosen;
    }

    /// Options that have their preset values.
    public static Options of(Option<?>... known) {
        Map<String, Object> chosen = new HashMap<>();
        for (Option<?> option : known) {
            chosen.put(option.name(), option.preset());
        }
        return new Options(List.of(known), chosen);
    }

    /// These and more, which have their preset values.
    public Options and(Option<?>... more) {
        Options others = of(more);
        Map<String, Object> all = new HashMap<>(chosen);
        all.putAll(others.chosen);
        return new Options(Stream.concat(known.stream(), others.known.stream()).toList(), all);
    }

    /// @throws IllegalArgumentException if the option is not one of these
    public <T> T get(Option<T> option) {
        Object value = chosen.get(option.name());
        if (value == null) {
            throw unknown(option.name());
        }
        return option.type().cast(value);
    }

    /// Empty if that is no [option][Option#imageSize].
    Optional<Integer> imageSize() {
        return Optional.ofNullable((Integer) chosen.get(Option.IMAGE_SIZE));
    }

    /// Empty if that is no [option][Option#normalization].
    Optional<Normalization> normalization() {
        return Optional.ofNullable((PixelRange) chosen.get(Option.NORMALIZATION))
                .map(PixelRange::normalization);
    }

    /// @throws IllegalArgumentException if there is no such option or the value is not allowed: in one line
    public Options with(String name, String text) {
        for (Option<?> option : known) {
            if (option.name().equals(name)) {
                return set(name, option.value(text));
            }
        }
        throw unknown(name);
    }

    public <T> Options with(Option<T> option, T value) {
        get(option);
        return set(option.name(), value);
    }

    /// Every option as text, in the order in which the architecture declares them: `attention` to `full`.
    public SequencedMap<String, String> asText() {
        SequencedMap<String, String> text = new LinkedHashMap<>();
        known.forEach(option -> text.put(option.name(), Option.text(chosen.get(option.name()))));
        return text;
    }

    /// Every option for a model's card or the metadata of its weights: `option.attention` to `full`.
    public SequencedMap<String, String> asProperties() {
        SequencedMap<String, String> properties = new LinkedHashMap<>();
        asText().forEach((name, text) -> properties.put(PROPERTY + name, text));
        return properties;
    }

    /// The options that such properties tell, as text by name, sorted.
    public static SortedMap<String, String> among(Map<String, String> properties) {
        SortedMap<String, String> options = new TreeMap<>();
        properties.forEach((property, text) -> {
            if (property.startsWith(PROPERTY)) {
                options.put(property.substring(PROPERTY.length()), text);
            }
        });
        return options;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options && known.equals(options.known) && chosen.equals(options.chosen);
    }

    @Override
    public int hashCode() {
        return Objects.hash(known, chosen);
    }

    @Override
    public String toString() {
        return asText().toString();
    }

    private Options set(String name, Object value) {
        Map<String, Object> next = new HashMap<>(chosen);
        next.put(name, value);
        return new Options(known, next);
    }

    private IllegalArgumentException unknown(String name) {
        String allowed = known.isEmpty()
                ? "none: this preset has no options"
                : "one of " + known.stream().map(Option::name).collect(Collectors.joining(", "));
        String hint = Nearest.hint(name, known.stream().map(Option::name).toList());
        return new IllegalArgumentException("option is " + name + hint + ", allowed is " + allowed);
    }
}
