package io.caracal.trainer.fit;

/// Training left the finite numbers; nothing of it can be used.
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException() {
        super("training diverged: the loss is not a finite number; try a lower learning rate");
    }
}
