package io.caracal.trainer.look;

/// How the heads of a layer become one.
public enum HeadFusion {
    MEAN,
    MAX,
    MIN
}
