package io.caracal.trainer.models;

import java.util.List;

/// Presets of one kind that differ in size. Found like an [Architecture], by `@AutoService(Family.class)`.
public interface Family {
    List<Architecture> presets();
}
