package io.caracal.trainer.pretrained;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules from names of tensors to names of ours: of those that match a whole name the first one counts.
final class Renaming {
    /// Behind a name: this is part 0, 1 or 2 of three that lie one below the other in that weight.
    private static final String PART = "#";

    private static final int PARTS = 3;

    private final Map<Pattern, String> rules = new LinkedHashMap<>();

    /// @param from regular expression
    /// @param to with `$1` for its first group; with `#0` to `#2` at the end for queries, keys and values
    Renaming rule(String from, String to) {
        rules.put(Pattern.compile(from), to);
        return this;
    }

    /// Ours, or the name as it is if there is no rule for it.
    String of(String name) {
        for (Map.Entry<Pattern, String> rule : rules.entrySet()) {
            Matcher matcher = rule.getKey().matcher(name);
            if (matcher.matches()) {
                return matcher.replaceFirst(rule.getValue());
            }
        }
        return name;
    }

    Map<String, Source> of(Map<String, Source> file) {
        Map<String, Source> renamed = new LinkedHashMap<>();
        file.forEach((name, source) -> put(renamed, of(name), source));
        return renamed;
    }

    /// @throws IllegalArgumentException in one line, if something else has that name already
    static void put(Map<String, Source> renamed, String name, Source source) {
        Source other = renamed.put(name, source);
        if (other != null) {
            throw new IllegalArgumentException("it has both " + other.origins().getFirst() + " and "
                    + source.origins().getFirst() + " for " + name);
        }
    }

    /// Puts parts together where all of them are there and of one shape.
    static Map<String, Source> joined(Map<String, Source> renamed) {
        Map<String, Map<String, Source>> parts = new LinkedHashMap<>();
        Map<String, Source> joined = new LinkedHashMap<>();
        renamed.forEach((name, source) -> {
            int mark = name.lastIndexOf(PART);
            if (mark < 0) {
                joined.put(name, source);
            } else {
                parts.computeIfAbsent(name.substring(0, mark), _ -> new TreeMap<>())
                        .put(name.substring(mark), source);
            }
        });
        parts.forEach((name, sources) -> {
            if (sources.size() == PARTS
                    && sources.values().iterator().next().rank() > 0
                    && sources.values().stream()
                                    .map(source -> Arrays.toString(source.shape()))
                                    .distinct()
                                    .count()
                            == 1) {
                put(joined, name, Source.stacked(List.copyOf(sources.values())));
            } else {
                sources.forEach((part, source) -> put(joined, name + part, source));
            }
        });
        return joined;
    }
}
