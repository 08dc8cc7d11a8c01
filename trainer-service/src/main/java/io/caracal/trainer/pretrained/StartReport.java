package io.caracal.trainer.pretrained;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What became of a weights file.
///
/// @param file as it was given
/// @param sha256 of its bytes
/// @param layout its program's
/// @param tensors of the file that are in the network
/// @param leftOut tensors of the file that the network needs not
/// @param fresh weights of the network that the file has not, besides the head: they are as initialised
/// @param positions `14x14 to 16x16, bicubic`; empty if there was nothing to interpolate
/// @param notes what else a person should know
public record StartReport(
        String file,
        String sha256,
        String layout,
        int tensors,
        List<String> leftOut,
        List<String> fresh,
        Head head,
        Optional<String> positions,
        List<String> notes) {
    private static final int NAMED = 3;

    public StartReport {
        leftOut = List.copyOf(leftOut);
        fresh = List.copyOf(fresh);
        notes = List.copyOf(notes);
    }

    /// What became of the last layer.
    public sealed interface Head {

        /// For people.
        String text();
    }

    /// It has as many classes.
    public record Kept(long classes) implements Head {
        @Override
        public String text() {
            return "kept, " + classes + " classes";
        }
    }

    /// Its rows went to the labels that it was trained for; those of new labels start from zeros.
    ///
    /// @param kept labels that it knew
    public record Moved(int kept, long now) implements Head {
        @Override
        public String text() {
            return "kept for " + kept + " of " + now + " classes by their labels"
                    + (kept < now ? ", zeros for the others" : "");
        }
    }

    /// Starts from zeros.
    public record Replaced(long before, long now) implements Head {
        @Override
        public String text() {
            return "of " + before + " classes replaced by zeros for " + now;
        }
    }

    /// The file has none; starts from zeros.
    public record Missing(long now) implements Head {
        @Override
        public String text() {
            return "not in the file, zeros for " + now + " classes";
        }
    }

    /// For people, the file in the first of them.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(file + ", layout " + layout + ": " + tensors + " tensors");
        lines.add("head " + head.text());
        positions.ifPresent(change -> lines.add("positions " + change));
        if (!leftOut.isEmpty()) {
            lines.add("left out: " + some(leftOut));
        }
        if (!fresh.isEmpty()) {
            lines.add("not in the file, fresh: " + some(fresh));
        }
        lines.addAll(notes);
        return List.copyOf(lines);
    }

    /// For a model's card.
    public Map<String, String> asProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("start.sha256", sha256);
        properties.put("start.layout", layout);
        properties.put("start.tensors", Integer.toString(tensors));
        properties.put("start.head", head.text());
        positions.ifPresent(change -> properties.put("start.positions", change));
        if (!leftOut.isEmpty()) {
            properties.put("start.left-out", some(leftOut));
        }
        if (!fresh.isEmpty()) {
            properties.put("start.fresh", some(fresh));
        }
        return properties;
    }

    static String some(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }
}
