/// Tensors on two engines: computed now by DJL, or written down as an ONNX graph. Whatever is native is owned here.
package io.caracal.trainer.tensor;
