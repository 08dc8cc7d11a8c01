package io.caracal.trainer.nn;

/// The tokens of an image: `side * side` patches row by row, behind a class token if there is one.
public record Grid(int side, boolean classToken) {

    public int patches() {
        return side * side;
    }

    /// Tokens before the first patch.
    public int extra() {
        return classToken ? 1 : 0;
    }

    /// Written `T`.
    public int tokens() {
        return patches() + extra();
    }
}
