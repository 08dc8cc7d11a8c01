package io.caracal.trainer.pretrained;

import io.caracal.trainer.models.Interpolation;
import io.caracal.trainer.pretrained.StartReport.Head;
import io.caracal.trainer.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which tensor of a file becomes which weight of a network. Nothing is guessed: what has no place, and what is
/// missing, is an error, unless it is known to be needless.
///
/// @param sources by the name of our weight
/// @param zeros weights that start from zeros
record Assignment(
        Map<String, Source> sources,
        List<String> zeros,
        List<String> leftOut,
        List<String> fresh,
        Head head,
        Optional<String> positions) {
    static final String CLASS_TOKEN = "cls_token";
    private static final String PRE_LOGITS = "pre_logits.";

    /// What files have and fine-tuning does not want: counters, second heads, heads of pre-training, optimizers'
    /// memory, what masked patches were replaced by, an unused table of TNT.
    private static final Pattern NEEDLESS = Pattern.compile(String.join(
            "|",
            ".*num_batches_tracked",
            "(?:vit\\.)?pooler\\..*",
            "(?:.*/)?pre_logits[./].*",
            "head_dist\\..*",
            "dist_token",
            "(?:vit\\.)?embeddings\\.mask_token",
            "mask_token",
            "outer_tokens",
            "(?:adam\\.mean|adam\\.square|sgd\\.velocity)\\..*"));

    /// @param file under our names
    /// @param weights of the network, its head last
    /// @param rows of that head
    /// @throws IllegalArgumentException what does not fit, to follow "the file is X,"
    static Assignment of(Map<String, Source> file, Map<String, Weight> weights, HeadRows rows, Interpolation method) {
        Map<String, Source> left = new LinkedHashMap<>(file);
        var assigned = new Assigned(new PositionGrids(method));
        String headName = head(weights);
        Head head = assigned.head(headName, left, weights, rows);
        boolean sameTask =
                switch (head) {
                    case StartReport.Kept _, StartReport.Moved _ -> true;
                    case StartReport.Replaced _, StartReport.Missing _ -> false;
                };
        List<String> missing = new ArrayList<>();
        weights.forEach((name, weight) -> {
            if (name.startsWith(headName)) {
                return;
            }
            Source source = left.get(name);
            if (source != null && (sameTask || !name.startsWith(PRE_LOGITS))) {
                left.remove(name);
                assigned.put(name, source, weight);
            } else if (name.startsWith(PRE_LOGITS) || name.equals(CLASS_TOKEN)) {
                assigned.fresh.add(name);
            } else {
                missing.add(name);
            }
        });
        List<String> leftOut = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        left.forEach((name, source) -> {
            boolean needless = name.equals(CLASS_TOKEN)
                    || source.origins().stream()
                            .allMatch(origin -> NEEDLESS.matcher(origin).matches());
            (needless ? leftOut : unknown).addAll(source.origins());
        });
        check(unknown, missing);
        return new Assignment(assigned.sources, assigned.zeros, leftOut, assigned.fresh, head, assigned.positions);
    }

    /// Every architecture declares its head last.
    private static String head(Map<String, Weight> weights) {
        String last = List.copyOf(weights.keySet()).getLast();
        return last.substring(0, last.lastIndexOf('.') + 1);
    }

    private static void check(List<String> unknown, List<String> missing) {
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("it has " + StartReport.some(unknown) + ", which the preset has not");
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("it lacks " + StartReport.some(missing));
        }
    }

    int tensors() {
        return sources.values().stream()
                .mapToInt(source -> source.origins().size())
                .sum();
    }

    private static final class Assigned {
        private final PositionGrids grids;
        private final Map<String, Source> sources = new LinkedHashMap<>();
        private final List<String> zeros = new ArrayList<>();
        private final List<String> fresh = new ArrayList<>();
        private Optional<String> positions = Optional.empty();

        Assigned(PositionGrids grids) {
            this.grids = grids;
        }

        Head head(String prefix, Map<String, Source> left, Map<String, Weight> weights, HeadRows rows) {
            List<String> names = weights.keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
            Map<String, Source> found = new LinkedHashMap<>();
            names.forEach(name -> Optional.ofNullable(left.remove(name)).ifPresent(source -> found.put(name, source)));
            long now = weights.get(names.getLast()).shape()[0];
            if (found.isEmpty()) {
                zeros.addAll(names);
                return new StartReport.Missing(now);
            }
            Source any = found.values().iterator().next();
            long before = any.rank() == 0 ? 1 : any.shape()[0];
            if (!rows.same() && rows.kept() > 0 && rows.before().size() == before && found.size() == names.size()) {
                found.forEach((name, source) ->
                        sources.put(name, rows.moved(source, weights.get(name).shape())));
                return new StartReport.Moved(rows.kept(), now);
            }
            if (!rows.same() || before != now || found.size() < names.size()) {
                zeros.addAll(names);
                return new StartReport.Replaced(before, now);
            }
            found.forEach((name, source) -> put(name, source, weights.get(name)));
            return new StartReport.Kept(now);
        }

        void put(String name, Source source, Weight weight) {
            long[] to = weight.shape();
            if (Arrays.equals(squeezed(source.shape()), squeezed(to))) {
                sources.put(name, source.reshaped(to));
                return;
            }
            PositionGrids.Fitted fitted = grids.fitted(name, source, to)
                    .orElseThrow(() -> new IllegalArgumentException("its " + String.join(" + ", source.origins())
                            + " has the shape " + Arrays.toString(source.shape()) + ", needed is "
                            + Arrays.toString(to)));
            sources.put(name, fitted.source());
            if (fitted.from() != fitted.to()) {
                positions = Optional.of("%1$dx%1$d to %2$dx%2$d, %3$s"
                        .formatted(fitted.from(), fitted.to(), grids.method().label()));
            }
        }

        /// Axes of length 1 hold nothing: a 1x1 convolution of a single pixel is a linear layer.
        private static long[] squeezed(long... shape) {
            return Arrays.stream(shape).filter(axis -> axis != 1).toArray();
        }
    }
}
