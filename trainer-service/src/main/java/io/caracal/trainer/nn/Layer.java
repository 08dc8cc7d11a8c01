package io.caracal.trainer.nn;

/// A part of a model.
public abstract class Layer {}
