/// What a model looked at: attention, class activation and occlusion maps of an exported file, drawn over the picture.
/// Everything is read from the file that is served, through ONNX Runtime; nothing here knows an architecture.
package io.caracal.trainer.look;
