/// Labelled images to training batches. An image is decoded and resized once, on loading threads that run beside the
/// training, and kept in a bounded, memory-mapped temporary file; every later epoch only crops, resizes and mirrors.
/// What a batch holds depends on the data, the seed and the epoch, never on the timing of threads.
package io.caracal.trainer.data;
