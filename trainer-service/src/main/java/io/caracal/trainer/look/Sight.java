package io.caracal.trainer.look;

/// What came of looking at one image.
///
/// @param method one line: what the map is
/// @param label whose probability it is, and whose map, if the method has one for each class
/// @param map over what the model saw of the picture
public record Sight(String method, String label, double probability, HeatMap map) {}
