/// Weights that others have trained: reading their files, and finding the place of each tensor in a network of
/// ours.
package io.caracal.trainer.pretrained;
