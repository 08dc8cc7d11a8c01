/// Pre-training on images without labels: masked patch prediction.
package io.caracal.trainer.pretrain;
