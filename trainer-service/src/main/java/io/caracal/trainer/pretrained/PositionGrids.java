package io.caracal.trainer.pretrained;

import io.caracal.trainer.models.Interpolation;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Carries learned positions over to a grid of another size, and to one with or without a class token (spec 2.5).
record PositionGrids(Interpolation method) {
    private static final Pattern TOKENS = Pattern.compile("(?:.*\\.)?(?:pos_embed|patch_pos|positional_emb)");
    private static final Pattern BIAS = Pattern.compile(".*\\.relative_position_bias_table");
    private static final Pattern AXIS = Pattern.compile("pos_embed\\.(?:rows|columns)");

    /// @param from patches per side in the file
    /// @param to patches per side now
    record Fitted(Source source, int from, int to) {}

    /// @param name of our weight
    /// @param to its shape
    /// @return empty if this is no table of positions, or none that can become ours
    Optional<Fitted> fitted(String name, Source source, long... to) {
        if (source.rank() != to.length || to.length == 0 || source.shape()[to.length - 1] != to[to.length - 1]) {
            return Optional.empty();
        }
        if (TOKENS.matcher(name).matches() && to.length == 3) {
            return tokens(source, to);
        }
        if (BIAS.matcher(name).matches() && to.length == 2) {
            return bias(source, to);
        }
        int from = (int) source.shape()[0];
        int width = (int) to[to.length - 1];
        if (AXIS.matcher(name).matches() && source.size() == (long) from * width) {
            return Optional.of(new Fitted(
                    source.changed(to, values -> method.line(values, from, (int) to[0], width)), from, (int) to[0]));
        }
        return Optional.empty();
    }

    /// `[1, T, width]`: rows of patches behind those of tokens, at most two of them: the class token's, and the
    /// one of a distilled DeiT's second token, which is left out.
    private Optional<Fitted> tokens(Source source, long... to) {
        Optional<Rows> before = Rows.ofTokens(source.shape()[1]);
        Optional<Rows> after = Rows.ofTokens(to[1]);
        if (source.shape()[0] != 1
                || before.isEmpty()
                || after.isEmpty()
                || after.get().extra() > 1) {
            return Optional.empty();
        }
        int width = (int) to[2];
        Rows from = before.get();
        Rows now = after.get();
        return Optional.of(new Fitted(
                source.changed(to, values -> {
                    float[] table = new float[now.count() * width];
                    if (now.extra() == 1 && from.extra() > 0) {
                        System.arraycopy(values, 0, table, 0, width);
                    }
                    float[] grid = resized(values, from.extra() * width, from.side(), now.side(), width);
                    System.arraycopy(grid, 0, table, now.extra() * width, grid.length);
                    return table;
                }),
                from.side(),
                now.side()));
    }

    /// `[(2 * side - 1)^2, heads]`, or three rows more for those from, to and of the class token, which are
    /// copied.
    private Optional<Fitted> bias(Source source, long... to) {
        Optional<Rows> before = Rows.ofDistances(source.shape()[0]);
        Optional<Rows> after = Rows.ofDistances(to[0]);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        int heads = (int) to[1];
        Rows from = before.get();
        Rows now = after.get();
        return Optional.of(new Fitted(
                source.changed(to, values -> {
                    float[] table = new float[now.count() * heads];
                    float[] grid = resized(values, 0, from.side(), now.side(), heads);
                    System.arraycopy(grid, 0, table, 0, grid.length);
                    if (from.extra() > 0 && now.extra() > 0) {
                        System.arraycopy(
                                values, values.length - from.extra() * heads, table, grid.length, now.extra() * heads);
                    }
                    return table;
                }),
                (from.side() + 1) / 2,
                (now.side() + 1) / 2));
    }

    private float[] resized(float[] values, int begin, int from, int to, int width) {
        float[] grid = new float[from * from * width];
        System.arraycopy(values, begin, grid, 0, grid.length);
        return from == to ? grid : method.square(grid, from, to, width);
    }

    /// Rows of a table: a square of them, and some extra ones.
    private record Rows(int side, int extra) {

        int count() {
            return side * side + extra;
        }

        static Optional<Rows> ofTokens(long rows) {
            return of(rows, 0, 1, 2);
        }

        static Optional<Rows> ofDistances(long rows) {
            return of(rows, 0, 3).filter(found -> found.side % 2 == 1);
        }

        private static Optional<Rows> of(long rows, int... extras) {
            for (int extra : extras) {
                OptionalInt side = root(rows - extra);
                if (side.isPresent()) {
                    return Optional.of(new Rows(side.getAsInt(), extra));
                }
            }
            return Optional.empty();
        }

        private static OptionalInt root(long square) {
            int root = (int) Math.round(Math.sqrt((double) Math.max(0, square)));
            return root > 0 && (long) root * root == square ? OptionalInt.of(root) : OptionalInt.empty();
        }
    }
}
