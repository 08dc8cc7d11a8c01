/// Training and evaluation: batches in, better weights and figures out.
package io.caracal.trainer.fit;
